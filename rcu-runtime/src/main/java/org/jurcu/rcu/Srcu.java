package org.jurcu.rcu;

/**
 * The flavour whose sections may block, belong to no thread, and cost a thread no registration: sleepable RCU.
 *
 * <pre>{@code
 * final class PluginHost implements AutoCloseable {
 *     private final Srcu srcu = Srcu.create("plugins");
 *     private final RcuReference<Plugin> plugin = new RcuReference<>(Plugin.load());
 *
 *     Response handle(Request request) throws IOException {
 *         int token = srcu.readLock();
 *         try {
 *             return plugin.dereference().answer(request);   // may wait for a disk, a lock, another host
 *         } finally {
 *             srcu.readUnlock(token);
 *         }
 *     }
 *
 *     CompletionStage<Response> handleLater(Request request) {
 *         int token = srcu.readLock();
 *         return plugin.dereference().answerLater(request)   // ends on whatever thread the answer comes on
 *                 .whenComplete((response, failure) -> srcu.readUnlock(token));
 *     }
 *
 *     void reload() {
 *         Plugin old = plugin.getAndAssign(Plugin.load());
 *         srcu.synchronize();                                // until nobody is inside the old one
 *         old.unload();
 *     }
 *
 *     public void close() {
 *         srcu.close();
 *     }
 * }
 * }</pre>
 *
 * <p>{@link #readLock} returns a token, and the section lasts until {@link #readUnlock} is called with it, by any thread.
 * Sections are counted, not listed: a hundred thousand virtual threads may block inside, and memory does not grow with them.
 * Sections nest and overlap as they like; each has its token. What was found in one of them is safe until that one ends, whatever
 * others overlap it: a grace period that began between two sections waits for the first alone. Who goes on in the second finds
 * anew there.
 *
 * <p>A grace period waits for sections of its own domain only. Have one domain for each thing that is protected, so that a
 * section that blocks for long delays nobody else.
 *
 * <p>Deadlock: draw an arrow from A to B where a section of domain A waits, be it through a lock or another thread, for a
 * grace period of domain B. There must be no circle. In particular a section must not wait for a grace period of its own
 * domain. The domain cannot refuse that, as it does not know in whose sections its caller is; in strict mode
 * ({@code -Djurcu.strict=true}) it keeps a list, refuses it to the thread that began the section, and recognises each wrong
 * token. It takes the thread that began a section for the one that will end it: who has handed its token to another thread
 * is refused {@link #synchronize} and the like until that has ended the section, though it would not wait for itself. Without
 * strict mode it is not; where it must do both, let another thread wait, or use {@link #call}. Nor is a thread noticed that ends, or forgets its token, inside: the section stays open for ever, and so does every
 * later grace period.
 *
 * <p>{@link #close} does not wait for open sections, unless a callback does. They stay valid, and their tokens are
 * taken after it too: what they protect is not the domain's to destroy. (The kernel's {@code cleanup_srcu_struct}
 * warns of open sections, and leaks rather than free what they use.)
 *
 * <p>Memory effects, of a section and a grace period of the same domain: either the actions in the section, and those
 * before {@code readUnlock}, happen-before the end of the grace period, or the actions before its start happen-before the
 * actions in the section; see {@link RcuDomain}. A thread that ends a section which another began must have learned of
 * the token by a happens-before edge, as a queue or a {@code CompletableFuture} gives it. The proof is docs/srcu.md.
 *
 * <p>Progress: {@link #readLock} is wait-free as far as the processor's atomic addition is, {@link #readUnlock} lock-free.
 * Neither allocates, but in strict mode. Each costs an atomic update of a word that few threads share; {@link Rcu} costs less,
 * and knows its readers.
 *
 * <p>Counterpart: {@code srcu_read_lock()}, {@code srcu_read_unlock()}, and with them {@code srcu_down_read()} and
 * {@code srcu_up_read()}, whose section another may end (include/linux/srcu.h, kernel/rcu/srcutree.c).
 */
public final class Srcu extends RcuDomain {
    private final SrcuReaders readers;

    private Srcu(SrcuReaders readers, DomainOptions options) {
        super(readers, options);
        this.readers = readers;
    }

    /**
     * Creates a domain with the default options. The name appears in reports and in the name of its thread.
     *
     * @throws IllegalStateException if {@code -Djurcu.fence} names a strategy that is not available
     */
    public static Srcu create(String name) {
        return builder(name).build();
    }

    /** Returns a builder of a domain with that name. */
    public static Builder builder(String name) {
        return new Builder(new DomainOptions(name));
    }

    /**
     * Begins a section.
     *
     * @return the token that ends it; never 0, and nothing else is promised of it: sections that are open at the same
     *     time may have equal tokens, and then it does not matter which is used for which
     * @throws IllegalStateException if the domain is closed
     */
    public int readLock() {
        return readers.lock();
    }

    /**
     * Ends the section of {@code token}, whichever thread began it; also after {@link #close}.
     *
     * <p>What is refused changes nothing. A token that was used before is refused when no section with an equal token is
     * open, and otherwise ends that one: then the mistake is found when its turn comes, or, in strict mode, at once.
     *
     * @throws IllegalArgumentException if no section with that token is open, or if this domain cannot have given it
     */
    public void readUnlock(int token) {
        readers.unlock(token);
    }

    /** Creates an {@link Srcu} domain with options. Not safe for use by several threads. */
    public static final class Builder extends DomainBuilder<Srcu, Builder> {
        private Builder(DomainOptions options) {
            super(options);
        }

        @Override
        Builder self() {
            return this;
        }

        @Override
        Srcu build(DomainOptions options) {
            return build(
                    options, new SectionCounters(options.processors()), StrictMode.ON ? new StrictSections() : null);
        }

        /** With those counters and in that mode, for tests. */
        Srcu build(SectionCounters counters, StrictSections strict) {
            return build(options, counters, strict);
        }

        private static Srcu build(DomainOptions options, SectionCounters counters, StrictSections strict) {
            return new Srcu(new SrcuReaders(options.name(), counters, strict), options);
        }
    }
}

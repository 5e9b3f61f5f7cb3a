package org.jurcu.rcu;

/**
 * RCU by quiescent states: readers pay nothing for a section, and say every so often that they hold nothing.
 *
 * <pre>{@code
 * final class Router implements AutoCloseable {
 *     private final Qsbr qsbr = Qsbr.create("routes");
 *     private final RcuReference<Routes> routes = new RcuReference<>(Routes.open());
 *
 *     void forward(PacketSource packets) {              // each worker thread
 *         try (QsbrReader reader = qsbr.register()) {   // online from here on
 *             for (Packet packet = packets.next(); packet != null; packet = packets.next()) {
 *                 reader.lock();                        // costs nothing
 *                 try {
 *                     routes.dereference().send(packet);
 *                 } finally {
 *                     reader.unlock();                  // costs nothing
 *                 }
 *                 reader.quiescentState();              // this thread holds no routes now
 *             }
 *         }
 *     }
 *
 *     void reload() {
 *         Routes old = routes.getAndAssign(Routes.open());
 *         qsbr.call(old::free);                         // when each worker has said so
 *     }
 *
 *     public void close() {
 *         qsbr.close();
 *     }
 * }
 * }</pre>
 *
 * <p>The price is a duty. A grace period waits for every registered thread that is online, whether it reads or not, until
 * it calls {@link QsbrReader#quiescentState} or {@link QsbrReader#offline}. A thread that blocks, idles or computes for
 * long without either holds up all updaters of the domain; nothing can be destroyed meanwhile. Where that cannot be
 * promised, {@link Rcu} is the better choice.
 *
 * <p>Only registered threads may read, through the handle that {@link #register} gives them. A thread has one, and whoever
 * registered it alone decides about its quiescent states: two parts of a program that do not know each other cannot share
 * them.
 *
 * <p>A thread that is online may wait by {@link #synchronize}, {@link #condSynchronize}, {@link #barrier} and so on: it
 * goes offline for that time, as if it called {@link QsbrReader#offline} before and {@link QsbrReader#online} afterwards. So
 * whatever it held before the call it holds no longer. If the domain was closed meanwhile it cannot come back, and the
 * call throws. After {@link #close} it is offline. If such a call ends in an {@code Error} (no memory, no stack), the thread may
 * have stayed offline: call {@link QsbrReader#online}, which does nothing otherwise.
 *
 * <p>A callback that registers the domain's thread, or leaves it online, is reported, and the thread is taken offline. A
 * thread that dies online is reported and no longer waited for. Virtual threads may register, each with a record of its
 * own; while they are online and parked, grace periods wait.
 *
 * <p>Sections, nesting and their misuse are checked in strict mode ({@code -Djurcu.strict=true}), in which lock and unlock
 * do have a cost.
 *
 * <p>Memory effects: as stated at {@link RcuDomain}; a section is what a thread does between two quiescent states. The
 * proof is docs/qsbr.md.
 *
 * <p>Progress: that of {@link QsbrReader} and {@link RcuDomain}; {@link #register} takes the registry's lock for a short
 * time.
 *
 * <p>Counterpart: the qsbr flavour of liburcu (include/urcu/static/urcu-qsbr.h, src/urcu-qsbr.c).
 */
public final class Qsbr extends RcuDomain {
    private final QsbrReaders readers;

    private Qsbr(QsbrReaders readers, DomainOptions options) {
        super(readers, options);
        this.readers = readers;
    }

    /**
     * Creates a domain with the default options. The name appears in reports and in the name of its thread.
     *
     * @throws IllegalStateException if {@code -Djurcu.fence} names a strategy that is not available
     */
    public static Qsbr create(String name) {
        return builder(name).build();
    }

    /** Returns a builder of a domain with that name. */
    public static Builder builder(String name) {
        return new Builder(new DomainOptions(name));
    }

    /**
     * Registers the calling thread, online, and returns its handle.
     *
     * @throws IllegalStateException if the thread is registered already, or if the domain is closed
     */
    public QsbrReader register() {
        return readers.registerCurrent();
    }

    /** Creates a {@link Qsbr} domain with options. Not safe for use by several threads. */
    public static final class Builder extends DomainBuilder<Qsbr, Builder> {
        private Builder(DomainOptions options) {
            super(options);
        }

        @Override
        Builder self() {
            return this;
        }

        @Override
        Qsbr build(DomainOptions options) {
            return build(new QsbrReaders(options.name()));
        }

        /** With those readers, for tests that reach into them. */
        Qsbr build(QsbrReaders readers) {
            return new Qsbr(readers, options);
        }
    }
}

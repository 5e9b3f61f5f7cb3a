package org.jurcu.rcu;

/**
 * The general flavour of RCU: readers announce the epoch in which their section began.
 *
 * <pre>{@code
 * final class PageCache implements AutoCloseable {
 *     private final Rcu rcu = Rcu.create("page-cache");
 *     private final RcuReference<MappedPage> page = new RcuReference<>(MappedPage.open());
 *
 *     int read(int offset) {
 *         rcu.readLock();
 *         try {
 *             return page.dereference().get(offset);   // not unmapped before readUnlock()
 *         } finally {
 *             rcu.readUnlock();
 *         }
 *     }
 *
 *     void remap() {
 *         MappedPage old = page.getAndAssign(MappedPage.open());
 *         rcu.call(old::unmap);                        // when the last reader that may have it has gone
 *     }
 *
 *     public void close() {
 *         rcu.close();
 *     }
 * }
 * }</pre>
 *
 * <p>{@link #readLock} registers the calling thread when it first reads; the registration is dropped after the thread
 * has ended, and outlives the erasing of its thread locals, as done by the common pool. {@link #register} gives the thread
 * a handle that saves the look-up. Sections nest; only the outermost pair counts. A section belongs to its thread: it cannot
 * be ended by another, and a thread that it starts is not inside it.
 *
 * <p>Virtual threads may read too, in any number. {@code readLock} does not register them: their sections are counted, as
 * those of {@link Srcu} are, so that neither {@link RcuStats#readersRegistered} nor the cost of a grace period grows with
 * them. A section stays open while its thread is parked. {@code register} gives a virtual thread a handle and a
 * registration like any other thread's; that is for a few that live long.
 *
 * <p>A section may block, but each grace period waits for it. In particular, no lock may be taken inside a section that is
 * also held while waiting for a grace period, or for memory that only a grace period gives back.
 *
 * <p>A thread that dies inside a section is reported and no longer waited for; a virtual one is found out only after a
 * grace period has waited for it for a while.
 *
 * <p>Memory effects, of a section and a grace period of the same domain: either the actions in the section happen-before
 * the end of the grace period, or the actions before its start happen-before the actions in the section; see
 * {@link RcuDomain}. A section orders nothing else.
 *
 * <p>Progress: {@link #readLock}, {@link #readUnlock} and {@link #readLockHeld} are wait-free and allocate nothing, but
 * for a thread's first {@code readLock}, and the first after many grace periods without one, which take the registry's lock, and for the first call after the
 * thread's locals were erased, which looks it up in a map. That lock is held for short times only but has no fairness: no
 * bound is given for how often others come first.
 *
 * <p>Counterpart: {@code rcu_read_lock()} of a preemptible kernel (include/linux/rcupdate.h); the memb, mb and bp flavours of
 * liburcu (include/urcu/static/urcu-mb.h, src/urcu-bp.c), with 64-bit epochs in the place of phases.
 */
public final class Rcu extends RcuDomain {
    final RcuReaders readers;
    private final RcuReader[] cache;

    private Rcu(RcuReaders readers, DomainOptions options) {
        super(readers, options);
        this.readers = readers;
        cache = readers.cache();
    }

    /**
     * Creates a domain with the default options. The name appears in reports and in the name of its thread.
     *
     * @throws IllegalStateException if {@code -Djurcu.fence} names a strategy that is not available
     */
    public static Rcu create(String name) {
        return builder(name).build();
    }

    /** Returns a builder of a domain with that name. */
    public static Builder builder(String name) {
        return new Builder(new DomainOptions(name));
    }

    /**
     * Begins a section, or goes one deeper.
     *
     * @throws IllegalStateException if the domain is closed, or if 2<sup>31</sup>-1 sections are open
     */
    public void readLock() {
        long caller = ThreadIds.of(Thread.currentThread());
        RcuReader reader = ReaderCache.find(cache, caller);
        if (reader != null) {
            reader.enter(caller);
        } else {
            readers.enter();
        }
    }

    /**
     * Ends the innermost section; the outermost one lets updaters go on.
     *
     * @throws IllegalStateException if the calling thread has no section open
     */
    public void readUnlock() {
        long caller = ThreadIds.of(Thread.currentThread());
        RcuReader reader = ReaderCache.find(cache, caller);
        if (reader != null) {
            reader.exit(caller);
        } else {
            readers.exit();
        }
    }

    /** Returns whether the calling thread is inside a section of this domain. */
    public boolean readLockHeld() {
        return readers.callerIsInside();
    }

    /**
     * Registers the calling thread and returns its handle. On a thread that is registered already, by this method or by
     * {@link #readLock}, it returns the same handle, which must be closed as often as this method was called.
     *
     * @throws IllegalStateException if the domain is closed, or if the caller is a virtual thread inside a section that
     *     {@code readLock} began without a handle
     */
    public RcuReader register() {
        if (readers.isClosed()) {
            throw Misuse.closed(name());
        }
        RcuReader reader = readers.currentOrRegister();
        reader.countRegistration();
        return reader;
    }

    /** Creates an {@link Rcu} domain with options. Not safe for use by several threads. */
    public static final class Builder extends DomainBuilder<Rcu, Builder> {
        private Builder(DomainOptions options) {
            super(options);
        }

        @Override
        Builder self() {
            return this;
        }

        @Override
        Rcu build(DomainOptions options) {
            return build(new RcuReaders(options.name(), options.processors()));
        }

        /** With those readers, for tests that reach into them. */
        Rcu build(RcuReaders readers) {
            return new Rcu(readers, options);
        }
    }
}

package org.jurcu.rcu;

/**
 * A thread's handle on a {@link Qsbr} domain: it tells the updaters when the thread holds nothing.
 *
 * <p>An event loop is quiescent once a round, and offline while it waits for events:
 *
 * <pre>{@code
 * try (QsbrReader reader = qsbr.register()) {
 *     while (running) {
 *         Event event;
 *         try (var offline = reader.offlineScope()) {
 *             event = events.take();          // holds nothing, so may block
 *         }
 *         reader.lock();                      // costs nothing
 *         try {
 *             handle(event, routes.dereference());
 *         } finally {
 *             reader.unlock();                // costs nothing
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>A computation calls {@link #quiescentState} every so often, between two sections:
 *
 * <pre>{@code
 * for (int i = 0; i < rows.length; i++) {
 *     reader.lock();
 *     sum += weigh(rows[i], weights.dereference());
 *     reader.unlock();
 *     if ((i & 1023) == 0) {
 *         reader.quiescentState();            // weights from before this line are not ours any more
 *     }
 * }
 * }</pre>
 *
 * <p>The reader is <em>online</em> from {@link Qsbr#register} on, but between {@link #offline} and {@link #online}. While
 * it is online, every grace period waits until it calls {@code quiescentState} or {@code offline}. What {@link #lock} and
 * {@link #unlock} say, namely that nothing in between is a quiescent state, is checked in strict mode
 * ({@code -Djurcu.strict=true}) and not even looked at otherwise.
 *
 * <p>Memory effects: what the thread does between two quiescent states is a section in the sense of {@link RcuDomain}. What
 * it does offline belongs to none.
 *
 * <p>Progress: every method is wait-free and allocates nothing, but for {@link #close}, and {@link #online} after
 * many grace periods offline, which take the registry's lock: it is held for short times only but has no fairness, so that no bound is given for how
 * often others come first. {@code lock} and {@code unlock} have no code. Every method but {@link #toString} belongs to the thread that
 * registered, and throws an {@link IllegalStateException} elsewhere: {@code lock} and {@code unlock} in strict mode, the
 * others always.
 *
 * <p>Counterpart: the reader record of liburcu's qsbr flavour, with {@code rcu_quiescent_state()},
 * {@code rcu_thread_offline()} and {@code rcu_thread_online()} (include/urcu/static/urcu-qsbr.h).
 */
public final class QsbrReader extends EpochReader implements AutoCloseable {
    /** A span of time for which a reader is offline; see {@link #offlineScope}. */
    public interface OfflineScope extends AutoCloseable {
        /**
         * Ends the scope: the reader is as it was before.
         *
         * @throws IllegalStateException if another thread owns the reader, if it is closed, or if the domain is
         */
        @Override
        void close();
    }

    private static final OfflineScope STAYS_OFFLINE = () -> {};

    private final QsbrReaders readers;
    private final OfflineScope comesBack = this::online;

    QsbrReader(Thread thread, QsbrReaders readers, Epoch epoch) {
        super(thread, readers.domain(), epoch, 0);
        this.readers = readers;
    }

    /**
     * Begins a section, or goes one deeper. Does nothing but in strict mode.
     *
     * @throws IllegalStateException in strict mode: if another thread owns this reader, if the reader is offline, if it or
     *     the domain is closed, or if 2<sup>31</sup>-1 sections are open
     */
    public void lock() {
        if (StrictMode.ON) {
            enterChecked();
        }
    }

    /**
     * Ends the innermost section. Does nothing but in strict mode.
     *
     * @throws IllegalStateException in strict mode: if another thread owns this reader, if the reader is closed, or if no
     *     section is open
     */
    public void unlock() {
        if (StrictMode.ON) {
            exitChecked();
        }
    }

    /**
     * Returns whether what the thread dereferences stays valid for the time being: in strict mode, whether a section is
     * open; otherwise, as nobody counts sections, whether the reader is online.
     *
     * @throws IllegalStateException if another thread owns this reader, or if the reader is closed
     */
    public boolean held() {
        checkOwner();
        return StrictMode.ON ? nesting != 0 : isOnline();
    }

    /**
     * Says that the thread holds nothing at this moment: what it found by {@link RcuReference#dereference} or in a
     * collection before, it must not use behind this call. If no grace period has begun since the last time, this costs
     * two loads.
     *
     * @throws IllegalStateException if another thread owns this reader, if the reader is offline or closed, or, in strict
     *     mode, if a section is open, which is then not reported as quiescent; if the domain is closed, the reader
     *     is offline afterwards
     */
    public void quiescentState() {
        checkOwner();
        checkOutside("quiescentState()");
        long announced = loadPlainAnnounced();
        if (announced == 0) {
            throw Misuse.offline(domain);
        }
        long now = epoch.loadVolatile(); // Q1 I: the new epoch before whatever is read from here on; matches U4
        if (now != announced) { // Q2
            report(now);
        }
    }

    private void report(long now) {
        if (now == Epoch.CLOSED) {
            goOffline(); // Q5 B, as below
            throw Misuse.closed(domain);
        }
        if (StrictMode.ON) {
            noteSectionEntry(); // first: a holdout's entry is then its own
        }
        // Not volatile, and no second look: until this store is seen, the announcement before it is, which is older.
        storeReleaseAnnounced(now); // Q3 B: section before its end; matches E
    }

    /**
     * Says that the thread holds nothing, and will not until {@link #online}: no grace period waits for it. An offline
     * thread may block. It must not read what the domain protects. Offline already, this does nothing.
     *
     * @throws IllegalStateException if another thread owns this reader, if the reader is closed, or, in strict mode, if a
     *     section is open
     */
    public void offline() {
        checkOwner();
        checkOutside("offline()");
        goOffline(); // Q5 B: section before its end; matches E
    }

    /**
     * Lets the thread read again. Online already, this does nothing; in particular, it is no quiescent state.
     *
     * @throws IllegalStateException if another thread owns this reader, or if the reader or the domain is closed
     */
    public void online() {
        checkOwner();
        if (!isOnline()) {
            announce(); // Q6
        }
    }

    /**
     * Goes offline for the length of a {@code try}: at its end the reader is online again, or still offline if it was
     * before. It allocates nothing; the scope of one reader is always the same object.
     *
     * @throws IllegalStateException as {@link #offline}
     */
    public OfflineScope offlineScope() {
        if (!isOnline()) {
            checkOwner();
            return STAYS_OFFLINE;
        }
        offline();
        return comesBack;
    }

    /**
     * Goes offline and unregisters the thread. Closing a closed handle does nothing.
     *
     * @throws IllegalStateException if another thread owns this reader, or, in strict mode, if a section is open
     */
    @Override
    public void close() {
        if (isClosed()) {
            return;
        }
        checkOwner();
        if (nesting != 0) {
            throw Misuse.closedInside(domain);
        }
        goOffline(); // Q5 B, before Q7
        try {
            readers.unregisterCurrent(this); // Q7
        } finally {
            if (slot == UNREGISTERED) { // else it failed, and may be tried again
                owner = NOBODY; // by no method, as in RcuReader
            }
        }
    }

    private void goOffline() {
        if (StrictMode.ON) {
            forgetSectionEntry();
        }
        storeReleaseAnnounced(0); // Q5 B: section before its end; matches E
    }

    @Override
    boolean wake() {
        return readers.registry.wake(this);
    }

    boolean isOnline() {
        return loadPlainAnnounced() != 0;
    }

    /** Goes offline if the owner is online, and returns whether it was. */
    boolean stepAside() {
        boolean wasOnline = isOnline();
        if (wasOnline) {
            goOffline(); // Q5 B, as above
        }
        return wasOnline;
    }

    @Override
    boolean leaveCompletely() {
        nesting = 0;
        return stepAside();
    }

    /** Counted in strict mode only. */
    @Override
    int openSections() {
        return (int) nesting;
    }

    @Override
    String deathReport() {
        return "Thread \"" + ownerName() + "\" died as an online reader of domain \"" + domain
                + "\": it is no longer waited for. Close its reader in a finally block.";
    }

    /** {@link #lock} in strict mode. */
    private void enterChecked() {
        checkOwner();
        if (!isOnline()) {
            throw Misuse.offline(domain);
        }
        if (nesting == 0 && epoch.isClosed()) {
            throw Misuse.closed(domain);
        }
        if (nesting == Integer.MAX_VALUE) {
            throw Misuse.nestedTooDeeply(domain);
        }
        nesting++;
    }

    /** {@link #unlock} in strict mode. */
    private void exitChecked() {
        checkOwner();
        if (nesting == 0) {
            throw Misuse.unlockWithoutLock(domain);
        }
        nesting--;
    }

    /** Finds nothing but in strict mode, as nobody counts otherwise. */
    private void checkOutside(String operation) {
        if (nesting != 0) {
            throw Misuse.quiescentInside(domain, operation);
        }
    }
}

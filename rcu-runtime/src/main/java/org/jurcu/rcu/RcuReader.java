package org.jurcu.rcu;

/**
 * A thread's own handle on an {@link Rcu} domain: the fastest way to mark read-side sections.
 *
 * <pre>{@code
 * try (Rcu rcu = Rcu.create("config")) {
 *     RcuReference<Config> config = new RcuReference<>(new Config());
 *     Thread worker = new Thread(() -> {
 *         try (RcuReader reader = rcu.register()) {
 *             while (running) {
 *                 reader.lock();
 *                 try {
 *                     use(config.dereference());
 *                 } finally {
 *                     reader.unlock();
 *                 }
 *             }
 *         }
 *     });
 *     worker.start();
 *     worker.join();
 * }
 * }</pre>
 *
 * <p>A thread has one reader a domain: {@link Rcu#register} on a registered thread returns the same object, and each of
 * its calls needs one {@link #close}. The handle and {@link Rcu#readLock} may be mixed, as they mark the same sections.
 *
 * <p>Memory effects: as stated at {@link Rcu}. Progress: {@link #lock}, {@link #unlock} and {@link #held} are wait-free
 * and allocate nothing, but for the first {@code lock} after many grace periods without one, which may take the registry's
 * lock; {@link #close} takes it always. That lock is held for short times only but has no fairness: no bound is given for
 * how often others come first. Every method but {@link #toString}
 * belongs to the thread that registered, and throws an {@link IllegalStateException} elsewhere.
 *
 * <p>Counterpart: {@code rcu_register_thread()} and the reader record of liburcu (include/urcu/static/urcu-memb.h).
 */
public final class RcuReader extends EpochReader implements AutoCloseable {
    private static final long DEEPEST = -(Integer.MAX_VALUE - 1L); // of nesting
    private static final long CLOSED = Long.MIN_VALUE; // in both words: equal to nothing that they are compared with

    private final RcuReaders readers;

    private int registrations;

    RcuReader(Thread thread, RcuReaders readers, Epoch epoch) {
        this(thread, ThreadIds.of(thread), readers, epoch);
    }

    /** With that id, for tests: any positive number. */
    RcuReader(Thread thread, long id, RcuReaders readers, Epoch epoch) {
        super(thread, readers.domain(), epoch, -id);
        this.readers = readers;
        nesting = -outside;
    }

    /**
     * Begins a section, or goes one deeper.
     *
     * @throws IllegalStateException if another thread owns this reader, if the reader or the domain is closed, or if
     *     2<sup>31</sup>-1 sections are open
     */
    public void lock() {
        if (ThreadIds.UNIQUE) {
            enter(ThreadIds.of(Thread.currentThread()));
        } else {
            checkOwner();
            enter(-outside); // which is the caller's number, and had without asking for it
        }
    }

    /**
     * Ends the innermost section; the outermost one lets updaters go on.
     *
     * @throws IllegalStateException if another thread owns this reader, if the reader is closed, or if no section is open
     */
    public void unlock() {
        if (ThreadIds.UNIQUE) {
            exit(ThreadIds.of(Thread.currentThread()));
        } else {
            checkOwner();
            exit(-outside); // likewise
        }
    }

    /** Returns whether a section is open. */
    public boolean held() {
        checkOwner();
        return isInside();
    }

    /**
     * Takes back one {@link Rcu#register} of this thread, whoever called it: as many calls as there were registrations
     * unregister the thread and close the handle. Closing a closed handle does nothing, whichever thread does it; before that, a call too many
     * takes back a registration that another part of the program still uses.
     *
     * @throws IllegalStateException if another thread owns this reader, or if a section is open
     */
    @Override
    public void close() {
        if (isClosed()) {
            return;
        }
        checkOwner();
        if (registrations > 1) {
            registrations--;
            return;
        }
        if (isInside()) {
            throw Misuse.closedInside(domain);
        }
        try {
            readers.unregisterCurrent(this);
        } finally {
            if (slot == UNREGISTERED) { // else it failed, and may be tried again
                registrations = 0;
                owner = NOBODY;
                nesting = announced =
                        CLOSED; // by no method: an unregistered reader must not be entered, whatever was thrown
            }
        }
    }

    void countRegistration() {
        registrations++;
    }

    @Override
    boolean wake() {
        return readers.registry.wake(this);
    }

    void enter(long caller) {
        if (loadPlainAnnounced() == -caller) {
            announce();
        } else {
            enterNested(caller);
        }
    }

    /** No fence, no new epoch: the outermost section already covers this one. */
    private void enterNested(long caller) {
        if (caller != -outside || isClosed()) {
            throw refused();
        }
        if (nesting == DEEPEST) {
            throw Misuse.nestedTooDeeply(domain);
        }
        nesting = nesting == caller ? -1 : nesting - 1;
    }

    void exit(long caller) {
        try {
            if (nesting == caller && loadPlainAnnounced() > 0) {
                if (StrictMode.ON) {
                    forgetSectionEntry();
                }
                storeReleaseAnnounced(-caller); // R5 B: section before its end; matches E
            } else {
                exitNested(caller);
            }
        } catch (StackOverflowError e) { // in front of the step that it was for, which needs no stack:
            if (caller != -outside || owner == NOBODY) {
                throw e;
            } else if (nesting != caller) {
                nesting = nesting == -1 ? caller : nesting + 1;
            } else if (announced > 0) {
                announced = outside; // R5 B, as above
            } else {
                throw e;
            }
        }
    }

    private void exitNested(long caller) {
        if (caller != -outside || isClosed()) {
            throw refused();
        }
        if (nesting == caller) {
            throw Misuse.unlockWithoutLock(domain);
        }
        nesting = nesting == -1 ? caller : nesting + 1;
    }

    boolean isInside() {
        return loadPlainAnnounced() > 0;
    }

    @Override
    boolean leaveCompletely() {
        if (!isInside()) {
            return false;
        }
        nesting = -outside;
        exit(-outside);
        return true;
    }

    @Override
    int openSections() {
        if (loadVolatileAnnounced() <= 0) {
            return 0;
        }
        long now = nesting;
        return now > 0 ? 1 : (int) (1 - now);
    }

    @Override
    String deathReport() {
        return "Thread \"" + ownerName() + "\" died inside a read-side section of domain \"" + domain
                + "\": the section counts as ended. Unlock in a finally block.";
    }
}

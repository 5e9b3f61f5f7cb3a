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
 * and allocate nothing; {@link #close} takes the registry's lock for a short time. Every method but {@link #toString}
 * belongs to the thread that registered, and throws an {@link IllegalStateException} elsewhere.
 *
 * <p>Counterpart: {@code rcu_register_thread()} and the reader record of liburcu (include/urcu/static/urcu-memb.h).
 */
public final class RcuReader extends EpochReader implements AutoCloseable {
    private static final int MAX_NESTING = Integer.MAX_VALUE - 1; // within the outermost section

    private final RcuReaders readers;
    private int registrations;

    RcuReader(Thread thread, RcuReaders readers, Epoch epoch) {
        super(thread, readers.domain(), epoch);
        this.readers = readers;
    }

    /**
     * Begins a section, or goes one deeper.
     *
     * @throws IllegalStateException if another thread owns this reader, if the reader or the domain is closed, or if
     *     2<sup>31</sup>-1 sections are open
     */
    public void lock() {
        checkOwner();
        enter();
    }

    /**
     * Ends the innermost section; the outermost one lets updaters go on.
     *
     * @throws IllegalStateException if another thread owns this reader, if the reader is closed, or if no section is open
     */
    public void unlock() {
        checkOwner();
        exit();
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
                owner = NOBODY; // by no method: an unregistered reader must not be entered, whatever was thrown
            }
        }
    }

    void countRegistration() {
        registrations++;
    }

    void enter() {
        if (loadPlainAnnounced() == 0) {
            announce();
        } else {
            enterNested();
        }
    }

    /** No fence, no new epoch: the outermost section already covers this one. */
    private void enterNested() {
        if (nesting == MAX_NESTING) {
            throw Misuse.nestedTooDeeply(domain);
        }
        nesting++;
    }

    void exit() {
        try {
            if (nesting == 0 && loadPlainAnnounced() != 0) {
                if (StrictMode.ON) {
                    forgetSectionEntry();
                }
                storeReleaseAnnounced(0); // R5 B: section before its end; matches E
            } else {
                exitNested();
            }
        } catch (StackOverflowError e) { // in front of the step that it was for, which needs no stack:
            if (nesting != 0) {
                nesting--;
            } else if (announced != 0) {
                announced = 0; // R5 B, as above
            } else {
                throw e;
            }
        }
    }

    private void exitNested() {
        if (nesting == 0) {
            throw Misuse.unlockWithoutLock(domain);
        }
        nesting--;
    }

    boolean isInside() {
        return loadPlainAnnounced() != 0;
    }

    @Override
    boolean leaveCompletely() {
        if (!isInside()) {
            return false;
        }
        nesting = 0;
        exit();
        return true;
    }

    @Override
    int openSections() {
        return loadVolatileAnnounced() == 0 ? 0 : nesting + 1;
    }

    @Override
    String deathReport() {
        return "Thread \"" + ownerName() + "\" died inside a read-side section of domain \"" + domain
                + "\": the section counts as ended. Unlock in a finally block.";
    }
}

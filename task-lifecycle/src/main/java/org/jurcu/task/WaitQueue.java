package org.jurcu.task;

import java.util.concurrent.locks.LockSupport;

/**
 * {@code wait_queue_head}: who sleeps until others have gone. Guarded by one {@link SpinLock}, under which a sleeper looks
 * whether it must sleep, and those who change what it looks at wake it. What served one sleep serves another.
 */
final class WaitQueue {
    private static final class Sleeper {
        Thread thread;
        Sleeper next;
        volatile boolean awake;
    }

    private final SpinLock lock;
    private Sleeper sleepers;
    private Sleeper spare;

    WaitQueue(SpinLock lock) {
        this.lock = lock;
    }

    /**
     * Gives the lock back, sleeps until the next {@link #wakeUpAll}, and takes the lock again. An interrupt is kept, and wakes
     * nobody.
     */
    void sleep() {
        Sleeper me = spare == null ? new Sleeper() : spare;
        spare = me.next;
        me.thread = Thread.currentThread();
        me.awake = false;
        me.next = sleepers;
        sleepers = me;
        lock.unlock();
        boolean interrupted = false;
        while (!me.awake) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        lock.lock();
        me.thread = null;
        me.next = spare;
        spare = me;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@code wake_up_all}: under the lock. Whoever sleeps now looks again when it has the lock. */
    void wakeUpAll() {
        Sleeper sleeper = sleepers;
        sleepers = null;
        while (sleeper != null) {
            Sleeper next = sleeper.next;
            sleeper.awake = true; // from here on it may serve again, but for the lock, which it needs
            LockSupport.unpark(sleeper.thread);
            sleeper = next;
        }
    }
}

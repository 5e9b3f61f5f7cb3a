package org.jurcu.task;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * {@code spinlock_t}: exclusive and held for a few instructions, so that who wants it looks again for a moment before it
 * parks. Not reentrant by rule: {@link Lockdep} refuses a second lock of its class.
 */
final class SpinLock implements KernelLock {
    private static final int SPINS = 200;

    private final LockClass lockClass;
    private final ReentrantLock lock = new ReentrantLock();

    SpinLock(LockClass lockClass) {
        this.lockClass = lockClass;
    }

    @Override
    public LockClass lockClass() {
        return lockClass;
    }

    void lock() {
        if (Lockdep.ON) {
            Lockdep.acquire(this, true);
        }
        if (!lock.tryLock()) {
            lockContended();
        }
    }

    private void lockContended() {
        for (int i = 0; i < SPINS; i++) {
            Thread.onSpinWait();
            if (!lock.isLocked() && lock.tryLock()) {
                return;
            }
        }
        lock.lock();
    }

    void unlock() {
        if (Lockdep.ON) {
            Lockdep.release(this);
        }
        lock.unlock();
    }

    /** Where holders wait for each other: {@code schedule()} of one who is on a list that this lock guards. */
    Condition newCondition() {
        return lock.newCondition();
    }

    boolean isHeldByMe() {
        return lock.isHeldByCurrentThread();
    }
}

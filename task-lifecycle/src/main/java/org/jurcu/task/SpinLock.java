package org.jurcu.task;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Condition;

/**
 * {@code spinlock_t}: exclusive and held for a few instructions, so that who wants it looks again for a moment before it
 * parks. Not reentrant: {@link Lockdep} refuses a second lock of its class. One object, since every process has two.
 */
final class SpinLock extends AbstractQueuedSynchronizer implements KernelLock {
    private static final long serialVersionUID = 1L; // never serialized; its superclass is Serializable

    private static final int SPINS = 200;

    private final LockClass lockClass;

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
        if (!tryAcquire(1)) {
            lockContended();
        }
    }

    private void lockContended() {
        for (int i = 0; i < SPINS; i++) {
            Thread.onSpinWait();
            if (tryAcquire(1)) {
                return;
            }
        }
        acquire(1);
    }

    void unlock() {
        if (Lockdep.ON) {
            Lockdep.release(this);
        }
        release(1);
    }

    /** Where holders wait for each other: {@code schedule()} of one who is on a list that this lock guards. */
    Condition newCondition() {
        return new ConditionObject();
    }

    @Override
    protected boolean tryAcquire(int one) {
        if (getState() == 0 && compareAndSetState(0, one)) {
            setExclusiveOwnerThread(Thread.currentThread());
            return true;
        }
        return false;
    }

    @Override
    protected boolean tryRelease(int one) {
        if (!isHeldExclusively()) {
            throw new IllegalMonitorStateException("this thread does not hold " + lockClass);
        }
        setExclusiveOwnerThread(null);
        setState(0);
        return true;
    }

    @Override
    protected boolean isHeldExclusively() {
        return getExclusiveOwnerThread() == Thread.currentThread();
    }
}

package org.jurcu.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * {@code spinlock_t}: exclusive and held for a few instructions, so that who wants it looks again for a moment before it
 * waits in turn. Not reentrant: {@link Lockdep} refuses a second lock of its class.
 */
final class SpinLock extends KernelLock {
    private static final VarHandle LOCKED;

    static {
        try {
            LOCKED = MethodHandles.lookup().findVarHandle(SpinLock.class, "locked", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // through LOCKED
    private boolean locked;

    /** {@code alone}: of a kernel that one thread uses, so that it keeps nobody out and only {@link Lockdep} watches it. */
    SpinLock(LockClass lockClass, boolean alone) {
        super(lockClass, alone);
    }

    void lock() {
        if (Lockdep.ON) {
            Lockdep.acquire(this, true);
        }
        if (alone) {
            return;
        }
        if (isClaimed() || !tryAcquire(true)) {
            acquireSlowly(true);
        }
    }

    void unlock() {
        if (Lockdep.ON) {
            Lockdep.release(this);
        }
        if (alone) {
            return;
        }
        if (!(boolean) LOCKED.getOpaque(this)) {
            throw new IllegalMonitorStateException("nobody holds " + lockClass());
        }
        LOCKED.setRelease(this, false); // A: what was done under this hold before the next hold; matches B
    }

    @Override
    boolean tryAcquire(boolean exclusive) {
        return !(boolean) LOCKED.getOpaque(this) && LOCKED.weakCompareAndSetAcquire(this, false, true); // B: matches A
    }
}

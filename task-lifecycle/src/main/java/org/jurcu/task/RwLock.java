package org.jurcu.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * {@code rwlock_t}, as the kernel's queued one behaves outside interrupts: readers share, a writer is alone, and neither side
 * keeps the other out for good. For a moment whoever finds the lock free for itself takes it, readers before a writer that
 * waits and the reverse; who has waited for longer than that gets it in turn, before everybody who comes later. Neither side
 * may be taken again by its holder: a second read hold behind a writer whose turn it is would never be granted ({@link
 * Lockdep} refuses both).
 *
 * <pre>
 *  state   -1       a writer
 *           0       free
 *           n > 0   n readers
 * </pre>
 */
final class RwLock extends KernelLock {
    private static final int WRITER = -1;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(RwLock.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // through STATE
    private int state;

    /** {@code alone}: of a kernel that one thread uses, so that it keeps nobody out and only {@link Lockdep} watches it. */
    RwLock(LockClass lockClass, boolean alone) {
        super(lockClass, alone);
    }

    void readLock() {
        if (Lockdep.ON) {
            Lockdep.acquire(this, false);
        }
        if (alone) {
            return;
        }
        if (isClaimed() || !tryAcquire(false)) {
            acquireSlowly(false);
        }
    }

    void readUnlock() {
        if (Lockdep.ON) {
            Lockdep.release(this);
        }
        if (alone) {
            return;
        }
        // C: the reads under this hold before the next writer's stores; matches B.
        // Volatile, since getAndAddRelease would be a loop on HotSpot.
        int readers = (int) STATE.getAndAdd(this, -1);
        if (readers <= 0) {
            STATE.getAndAdd(this, 1);
            throw new IllegalMonitorStateException("no reader holds " + lockClass());
        }
    }

    void writeLock() {
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

    void writeUnlock() {
        if (Lockdep.ON) {
            Lockdep.release(this);
        }
        if (alone) {
            return;
        }
        if ((int) STATE.getOpaque(this) != WRITER) {
            throw new IllegalMonitorStateException("no writer holds " + lockClass());
        }
        STATE.setRelease(this, 0); // A: the writes under this hold before the next hold; matches B
    }

    @Override
    boolean tryAcquire(boolean exclusive) {
        int readers = (int) STATE.getOpaque(this);
        if (exclusive) {
            return readers == 0 && STATE.weakCompareAndSetAcquire(this, 0, WRITER); // B: matches A and C
        }
        while (readers >= 0) {
            int witness = (int) STATE.compareAndExchangeAcquire(this, readers, readers + 1); // B: matches A
            if (witness == readers) {
                return true;
            }
            readers = witness;
        }
        return false;
    }
}

package org.jurcu.rcu;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A lock that no error can leave held: not even the end of the stack, at which {@code ReentrantLock.lock()} may take the
 * lock and throw. Whoever holds it is named in it, so that the {@code finally} of whoever tried knows whether it is held:
 *
 * <pre>{@code
 * Thread me = Thread.currentThread();
 * try {
 *     lock.acquire(me);
 *     ..
 * } finally {
 *     if (lock.holder == me) {
 *         lock.holder = null;   // by no method: there may be no stack for one
 *     }
 * }
 * }</pre>
 *
 * <p>It has no queue: a waiting virtual thread that is next, but has no carrier, would keep those who are pinned to the
 * carriers from the lock. Whoever comes when it is free has it; the others look again, soon and then every millisecond. It
 * is held for short times only, and by nobody who waits. Not reentrant.
 *
 * <p>Whoever has parked here leaves with a permit ({@link LockSupport#unpark}): one that the application had given it, for a
 * {@code park} of its own, would else be used up by the lock's. What the application may meet is a {@code park} that
 * returns for no reason, which it must expect anyhow.
 *
 * <p>An interrupt is never cleared: to set the flag again takes {@link Thread#interrupt}, which a subclass may override to
 * read in the same domain. No code of the application may run under the lock, nor until the caller has announced its
 * section. So whoever is interrupted yields instead of parking.
 */
final class RegistryLock {
    private static final int SPINS = 64;
    private static final int YIELDS = 16;
    private static final int MANY_YIELDS = 1024; // a preempted holder has long had a processor
    private static final VarHandle HOLDER;

    static {
        try {
            HOLDER = MethodHandles.lookup().findVarHandle(RegistryLock.class, "holder", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Null, or who holds the lock; set to null by the holder. */
    volatile Thread holder;

    /** Takes the lock if it is free. */
    boolean tryAcquire(Thread me) {
        return holder == null && HOLDER.compareAndSet(this, null, me);
    }

    /** Waits for the lock. */
    void acquire(Thread me) {
        if (!tryAcquire(me)) {
            acquireSlowly(me, YIELDS);
        }
    }

    /** The same for a caller who should not be parked; it is, should the holder not come to run for so long. */
    void acquireYielding(Thread me) {
        if (!tryAcquire(me)) {
            acquireSlowly(me, MANY_YIELDS);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // yielding is a rung: it gives a preempted holder this processor
    private void acquireSlowly(Thread me, int yields) {
        boolean parked = false;
        long parkNanos = WaitLadder.FIRST_PARK_NANOS;
        for (int round = 0; !tryAcquire(me); round++) {
            if (round < SPINS) {
                Thread.onSpinWait();
            } else if (round < SPINS + yields) {
                Thread.yield();
            } else {
                Thread.yield(); // while the thread is interrupted, the next returns at once
                parked = true;
                LockSupport.parkNanos(this, parkNanos);
                parkNanos = Math.min(parkNanos * 2, WaitLadder.LAST_PARK_NANOS);
            }
        }
        if (parked) {
            LockSupport.unpark(me);
        }
    }
}

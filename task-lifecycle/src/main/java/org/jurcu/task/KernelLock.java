package org.jurcu.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How one waits for a lock of the kernel. First in competition, by looking again for a moment; then in turn: who is next
 * announces it, and from then on only the next one takes the lock. So a holder who lost its processor costs the others a
 * moment, not a wake-up each, and nobody waits for more than who is before it in the queue. Allocates nothing, and an unlock
 * wakes nobody: who waits looks again by itself.
 *
 * <p>docs/synchronization.md §8 has the argument. Mirrors {@code kernel/locking/qrwlock.c}, whose queue begins at once.
 */
abstract sealed class KernelLock permits SpinLock, RwLock {
    private static final VarHandle NEXT_TICKET;
    private static final VarHandle SERVED;
    private static final VarHandle CLAIMED;

    static {
        try {
            MethodHandles.Lookup l = MethodHandles.lookup();
            NEXT_TICKET = l.findVarHandle(KernelLock.class, "nextTicket", int.class);
            SERVED = l.findVarHandle(KernelLock.class, "served", int.class);
            CLAIMED = l.findVarHandle(KernelLock.class, "claimed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final LockClass lockClass;

    /** There is one thread, so that nobody is kept out. */
    final boolean alone;

    /** {@code wait_lock}: the ticket that the next one in the queue takes, and the one whose turn it is. */
    @SuppressWarnings("UnusedVariable") // through NEXT_TICKET
    private int nextTicket;

    @SuppressWarnings("UnusedVariable") // through SERVED
    private int served;

    /** {@code _QW_WAITING}: somebody's turn has come, and nobody else takes the lock. */
    @SuppressWarnings("UnusedVariable") // through CLAIMED
    private boolean claimed;

    KernelLock(LockClass lockClass, boolean alone) {
        this.lockClass = lockClass;
        this.alone = alone;
    }

    final LockClass lockClass() {
        return lockClass;
    }

    /** Takes the lock if it is free for that side, whoever else waits. */
    abstract boolean tryAcquire(boolean exclusive);

    /** Whether somebody's turn has come. Late is not wrong: one that has not seen it passes once. */
    final boolean isClaimed() {
        return (boolean) CLAIMED.getOpaque(this);
    }

    /** After a first attempt in vain. */
    final void acquireSlowly(boolean exclusive) {
        boolean interrupted = false;
        for (int round = 0; round < LockPause.COMPETING; round++) {
            interrupted |= LockPause.pause(round, this);
            if (!isClaimed() && tryAcquire(exclusive)) {
                restore(interrupted);
                return;
            }
        }
        int ticket = (int) NEXT_TICKET.getAndAdd(this, 1);
        for (int round = 0; (int) SERVED.getAcquire(this) != ticket; round++) {
            interrupted |= LockPause.pause(round, this);
        }
        CLAIMED.setOpaque(this, true);
        for (int round = 0; !tryAcquire(exclusive); round++) {
            interrupted |= LockPause.pause(round, this);
        }
        CLAIMED.setOpaque(this, false);
        SERVED.setRelease(this, ticket + 1);
        restore(interrupted);
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many wait in turn, the next one included. */
    final int queued() {
        int turn = (int) SERVED.getAcquire(this);
        return (int) NEXT_TICKET.getAcquire(this) - turn;
    }
}

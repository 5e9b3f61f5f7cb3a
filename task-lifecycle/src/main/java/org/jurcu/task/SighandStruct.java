package org.jurcu.task;

import org.jurcu.refcount.Refcount;

/**
 * {@code sighand_struct}: the signal handlers, of which only SIGCHLD's matters here, and their siglock. Type-stable: one
 * that was dropped may serve another process at once, so whoever comes by a task's pointer looks again when it has the lock
 * ({@link Signals#lockTaskSighand}).
 */
final class SighandStruct {
    final SpinLock siglock;
    /** Who of the group sleeps until others have gone: {@code group_exec_task}. */
    final WaitQueue groupExecWake;

    final Refcount count = new Refcount(0);
    private SigchldAction sigchld;

    /** {@code alone}: for one thread. */
    SighandStruct(boolean alone) {
        siglock = new SpinLock(LockClass.SIGLOCK, alone);
        groupExecWake = new WaitQueue(siglock);
    }

    SigchldAction sigchld() {
        if (Lockdep.ON) {
            assertMine("a signal's action is read");
        }
        return sigchld;
    }

    void storeSigchld(SigchldAction action) {
        if (Lockdep.ON) {
            assertMine("a signal's action is written");
        }
        sigchld = action;
    }

    private void assertMine(String what) {
        Lockdep.assertHeld(count.read() == 0 || Lockdep.holds(siglock), what, "siglock");
    }
}

package org.jurcu.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** {@code struct rq}: what one CPU runs. Read under RCU, written under the runqueue's lock. */
final class Runqueue {
    private static final VarHandle CURR;

    static {
        try {
            CURR = MethodHandles.lookup().findVarHandle(Runqueue.class, "curr", TaskStruct.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final SpinLock lock;

    @SuppressWarnings("UnusedVariable") // through CURR
    private TaskStruct curr;

    /** {@code alone}: for one thread. */
    Runqueue(TaskStruct idle, boolean alone) {
        lock = new SpinLock(LockClass.RUNQUEUE, alone);
        CURR.setRelease(this, idle);
    }

    /** {@code rcu_dereference(rq->curr)}. */
    TaskStruct loadAcquireCurr() {
        return (TaskStruct) CURR.getAcquire(this);
    }

    /** {@code rcu_assign_pointer(rq->curr, next)}: the one that ran before. */
    TaskStruct switchTo(TaskStruct next) {
        if (Lockdep.ON) {
            Lockdep.assertHeld(Lockdep.holds(lock), "rq->curr is written", "rq->lock");
        }
        // Not plain, although nobody else writes: with C2 of JDK 17 the task that comes was then taken, at times,
        // for the one that goes (docs/synchronization.md §3).
        TaskStruct prev = loadAcquireCurr();
        CURR.setRelease(this, next);
        return prev;
    }
}

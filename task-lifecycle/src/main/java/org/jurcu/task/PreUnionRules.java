package org.jurcu.task;

import java.util.function.IntFunction;

/**
 * {@link TaskLayout#PRE_UNION}: Linux 5.3. A task begins with two usages, the scheduler's and release_task's. release_task
 * ends with {@code call_rcu(&p->rcu, delayed_put_task_struct)}, whatever the task does at the time; the scheduler's put
 * after the last switch is a plain {@code put_task_struct}; the last put frees at once.
 *
 * <p>So a task that is reaped while it runs, and whose grace period ends while it still runs, is freed by the scheduler with
 * no grace period after it left the runqueue. Whoever found it there has nothing that keeps it.
 */
final class PreUnionRules extends LayoutRules {
    private PreUnionRules(Kernel kernel) {
        super(kernel);
    }

    static LayoutRules create(Kernel kernel) {
        return new PreUnionRules(kernel);
    }

    @Override
    RcuUsers newRcuUsers(int index) {
        return new PreUnionRcuUsers();
    }

    @Override
    void storeFirstCounts(TaskStruct p) {
        p.rcuUsers.init(0);
        p.usage.setRelease(2);
    }

    @Override
    void putReleased(TaskStruct p) {
        if (p.rcuUsers.changeFunc(RcuUsersSlot.NOT_QUEUED, RcuUsersSlot.DELAYED_PUT_TASK_STRUCT)) {
            kernel.call(p);
        } else {
            kernel.tracepoints().warn(p, "released twice: its rcu_head is queued already");
        }
    }

    @Override
    void putSwitchedOut(TaskStruct p) {
        p.putTaskStruct();
    }

    @Override
    void putLastUsage(TaskStruct p) {
        kernel.exit().lastPutTaskStruct(p);
    }

    @Override
    TaskStruct taskRcuDereference(int cpu) {
        return taskRcuDereference(kernel.scheduler()::curr, cpu);
    }

    /**
     * The algorithm that 5.4 removed. What the runqueue names may be free already, and its memory another task's, so the
     * probe may read anything; what it read counts only if the runqueue still names the same address afterwards.
     *
     * <pre>
     *   D1  p = *pp
     *   D2  s = p.sighand        may be that of freed memory, or of the next task there
     *   D3  if *pp != p: to D1
     *   D4  s == null ? null : p
     * </pre>
     *
     * docs/slot.md §7 has the argument. D: D2 before D3, matches C.
     */
    static TaskStruct taskRcuDereference(IntFunction<TaskStruct> pp, int cpu) {
        for (; ; ) {
            TaskStruct p = pp.apply(cpu);
            if (p == null) {
                return null;
            }
            SighandStruct sighand = p.loadAcquireSighand(); // D
            if (pp.apply(cpu) == p) {
                return sighand == null ? null : p;
            }
        }
    }
}

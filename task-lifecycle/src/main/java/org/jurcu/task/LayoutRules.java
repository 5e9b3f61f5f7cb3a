package org.jurcu.task;

/**
 * What differs between the layouts beside the word itself: who drops what, and when. The methods here are Linux 6.19;
 * the subclasses say where their time did otherwise. One for each kernel; its calls are free for the same reason as
 * those of {@link RcuUsers}.
 */
abstract sealed class LayoutRules permits TaggedRules, SplitRules, UnionRules, PreUnionRules {
    final Kernel kernel;

    LayoutRules(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Factories that return this type: a constructor here would make the verifier load every layout's classes. */
    static LayoutRules of(TaskLayout layout, Kernel kernel, int cpus) {
        return switch (layout) {
            case TAGGED -> TaggedRules.create(kernel);
            case SPLIT -> SplitRules.create(kernel);
            case UNION -> UnionRules.create(kernel, cpus);
            case PRE_UNION -> PreUnionRules.create(kernel);
        };
    }

    /** The word of a new slot of the slab. */
    abstract RcuUsers newRcuUsers(int index);

    /** The end of {@code dup_task_struct}: stale pointers are refused until then. */
    final void beginCounts(TaskStruct p) {
        p.beginCounts();
    }

    /** The counts of a new task, stored. */
    void storeFirstCounts(TaskStruct p) {
        p.usage.setRelease(1); // owned by all rcu users together
        p.rcuUsers.init(2); // release_task's caller, and the scheduler
    }

    /** The end of {@code release_task}. */
    void putReleased(TaskStruct p) {
        p.putTaskStructRcuUser();
    }

    /** The end of {@code finish_task_switch} after a last switch. */
    void putSwitchedOut(TaskStruct p) {
        p.putTaskStructRcuUser();
    }

    /** {@code call_rcu(&p->rcu, ...)}, with the function that the word names. */
    void callRcu(TaskStruct p) {
        kernel.rcu().call(p.rcu);
    }

    /** What {@link #callRcu} queued, a grace period later. */
    void invoke(TaskStruct p) {
        switch (p.rcuUsers.func()) {
            case RcuUsersSlot.DELAYED_PUT_TASK_STRUCT -> {
                p.rcuUsers.changeFunc(RcuUsersSlot.DELAYED_PUT_TASK_STRUCT, RcuUsersSlot.NOT_QUEUED);
                kernel.exit().delayedPutTaskStruct(p);
            }
            case RcuUsersSlot.PUT_TASK_STRUCT_RCU_CB -> kernel.exit().putTaskStructRcuCb(p);
            default -> throw new IllegalStateException("the rcu_head of " + p + " names no function");
        }
    }

    /** {@code put_task_struct} of the last usage. */
    void putLastUsage(TaskStruct p) {
        kernel.exit().callPutTaskStructRcuCb(p);
    }

    /** {@code task_rcu_dereference(&rq->curr)}; since 5.4, {@code rcu_dereference}. */
    TaskStruct taskRcuDereference(int cpu) {
        return kernel.scheduler().curr(cpu);
    }
}

package org.jurcu.task;

/**
 * What a {@link Kernel} tells whoever watches it; called on the thread on which it happens. A watcher must not take the
 * kernel's locks or wait for a grace period; what it throws is logged, and the kernel goes on.
 */
public interface Tracepoints {
    /** Nobody watches. */
    Tracepoints NONE = new Tracepoints() {};

    /** {@code call_rcu} is about to queue {@code task}'s head. */
    default void callRcu(TaskStruct task) {}

    /** {@code sched_process_free}: {@code delayed_put_task_struct} runs for {@code task}. */
    default void schedProcessFree(TaskStruct task) {}

    /**
     * {@code signal_generate} of a SIGCHLD that tells of {@code child}'s end, or that is suppressed. Called under
     * tasklist_lock.
     *
     * @param current who runs
     * @param child whose end it is
     * @param parent who is told
     * @param sent false when {@code parent} ignores SIGCHLD
     */
    default void sigchld(TaskStruct current, TaskStruct child, TaskStruct parent, boolean sent) {}

    /**
     * {@code task} has another parent, or lost its tracer. Called under tasklist_lock; for the threads of a group that
     * changes hands, once, with its leader.
     */
    default void reparent(TaskStruct task, TaskStruct parent) {}

    /** {@code free_task}: the memory, poisoned already, goes back to the slab. */
    default void freeTask(TaskStruct task) {}

    /** The memory of {@code task} goes back to the slab although it already is there. */
    default void doubleFree(TaskStruct task) {}

    /**
     * A word of {@link TaskLayout#UNION} was damaged, or what it holds was: never on another layout. Called on the
     * thread that did it, or on the reclaimer where it found it, with whatever they hold.
     */
    default void damage(TaskStruct task, SlotDamage damage) {}

    /** One of {@code __put_task_struct}'s three WARN_ONs, or damage found on the way. */
    default void warn(TaskStruct task, String what) {}
}

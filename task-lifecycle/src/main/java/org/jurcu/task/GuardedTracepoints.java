package org.jurcu.task;

/** Keeps what a watcher throws out of the kernel's paths, which must not be left half way. */
final class GuardedTracepoints implements Tracepoints {
    private static final System.Logger LOG = System.getLogger(Tracepoints.class.getName());

    private final Tracepoints watcher;

    GuardedTracepoints(Tracepoints watcher) {
        this.watcher = watcher;
    }

    private static void guard(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a tracepoint's watcher threw; the kernel goes on", e);
        }
    }

    @Override
    public void callRcu(TaskStruct task) {
        guard(() -> watcher.callRcu(task));
    }

    @Override
    public void schedProcessFree(TaskStruct task) {
        guard(() -> watcher.schedProcessFree(task));
    }

    @Override
    public void sigchld(TaskStruct current, TaskStruct child, TaskStruct parent, boolean sent) {
        guard(() -> watcher.sigchld(current, child, parent, sent));
    }

    @Override
    public void freeTask(TaskStruct task) {
        guard(() -> watcher.freeTask(task));
    }

    @Override
    public void doubleFree(TaskStruct task) {
        guard(() -> watcher.doubleFree(task));
    }

    @Override
    public void damage(TaskStruct task, SlotDamage damage) {
        guard(() -> watcher.damage(task, damage));
    }

    @Override
    public void warn(TaskStruct task, String what) {
        guard(() -> watcher.warn(task, what));
    }
}

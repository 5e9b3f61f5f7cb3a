package org.jurcu.task;

/**
 * Keeps what a watcher throws out of the kernel's paths, which must not be left half way. Without closures, so that being
 * watched allocates nothing.
 */
final class GuardedTracepoints implements Tracepoints {
    private static final System.Logger LOG = System.getLogger(Tracepoints.class.getName());

    private final Tracepoints watcher;

    GuardedTracepoints(Tracepoints watcher) {
        this.watcher = watcher;
    }

    private static void log(RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "a tracepoint's watcher threw; the kernel goes on", e);
    }

    @Override
    public void callRcu(TaskStruct task) {
        try {
            watcher.callRcu(task);
        } catch (RuntimeException e) {
            log(e);
        }
    }

    @Override
    public void schedProcessFree(TaskStruct task) {
        try {
            watcher.schedProcessFree(task);
        } catch (RuntimeException e) {
            log(e);
        }
    }

    @Override
    public void sigchld(TaskStruct current, TaskStruct child, TaskStruct parent, boolean sent) {
        try {
            watcher.sigchld(current, child, parent, sent);
        } catch (RuntimeException e) {
            log(e);
        }
    }

    @Override
    public void reparent(TaskStruct task, TaskStruct parent) {
        try {
            watcher.reparent(task, parent);
        } catch (RuntimeException e) {
            log(e);
        }
    }

    @Override
    public void freeTask(TaskStruct task) {
        try {
            watcher.freeTask(task);
        } catch (RuntimeException e) {
            log(e);
        }
    }

    @Override
    public void doubleFree(TaskStruct task) {
        try {
            watcher.doubleFree(task);
        } catch (RuntimeException e) {
            log(e);
        }
    }

    @Override
    public void damage(TaskStruct task, SlotDamage damage) {
        try {
            watcher.damage(task, damage);
        } catch (RuntimeException e) {
            log(e);
        }
    }

    @Override
    public void warn(TaskStruct task, String what) {
        try {
            watcher.warn(task, what);
        } catch (RuntimeException e) {
            log(e);
        }
    }
}

package org.jurcu.task;

/** signal.c, as far as SIGCHLD goes. */
public final class Signals {
    private final Kernel kernel;

    Signals(Kernel kernel) {
        this.kernel = kernel;
    }

    /** {@code sigaction(SIGCHLD)} of {@code current}'s process. */
    public void setSigchldAction(TaskStruct current, SigchldAction action) {
        kernel.tasklistLock().writeLock().lock();
        try {
            current.sighand.sigchld = action;
        } finally {
            kernel.tasklistLock().writeLock().unlock();
        }
    }

    /** What {@code task}'s process asked to happen on SIGCHLD. */
    public SigchldAction sigchldAction(TaskStruct task) {
        kernel.tasklistLock().readLock().lock();
        try {
            return task.sighand.sigchld;
        } finally {
            kernel.tasklistLock().readLock().unlock();
        }
    }

    /** {@code prctl(PR_SET_CHILD_SUBREAPER)}. */
    public void setChildSubreaper(TaskStruct current, boolean on) {
        kernel.tasklistLock().writeLock().lock();
        try {
            current.signal.isChildSubreaper = on;
            if (on) {
                propagateHasChildSubreaper(current);
            }
        } finally {
            kernel.tasklistLock().writeLock().unlock();
        }
    }

    private void propagateHasChildSubreaper(TaskStruct of) {
        for (TaskStruct t = of.signal.threads.first(); t != null; t = of.signal.threads.after(t.threadNode)) {
            for (TaskStruct c = t.children.first(); c != null; c = t.children.after(c.sibling)) {
                if (!c.signal.hasChildSubreaper) {
                    c.signal.hasChildSubreaper = true;
                    propagateHasChildSubreaper(c);
                }
            }
        }
    }

    /**
     * {@code do_notify_parent}: tells {@code child}'s parent, or its tracer, of its end. Under tasklist_lock.
     *
     * @param current who runs
     * @return whether the child must reap itself, because its parent ignores SIGCHLD
     */
    boolean doNotifyParent(TaskStruct current, TaskStruct child, int sig) {
        SigchldAction action = child.parent.sighand.sigchld;
        boolean autoreap = !child.ptraced && sig == TaskStruct.SIGCHLD && action != SigchldAction.DEFAULT;
        if (sig > 0) {
            kernel.tracepoints().sigchld(current, child, child.parent, !(autoreap && action == SigchldAction.IGNORE));
        }
        kernel.waits().wakeUpParent();
        return autoreap;
    }
}

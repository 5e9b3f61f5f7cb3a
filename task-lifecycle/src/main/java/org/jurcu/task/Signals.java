package org.jurcu.task;

/** signal.c, as far as SIGCHLD and SIGKILL go. */
public class Signals {
    private final Kernel kernel;

    Signals(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * {@code lock_task_sighand}: {@code task}'s siglock, locked. What the pointer led to may serve another process by the
     * time at which it is locked, or exec may have given the task handlers of its own; so the pointer is read again.
     *
     * @return whose lock the caller must unlock; null for a task that was released
     */
    final SighandStruct lockTaskSighand(TaskStruct task) {
        for (; ; ) {
            SighandStruct sighand = task.loadAcquireSighand();
            if (sighand == null) {
                return null;
            }
            beforeLock(task, sighand);
            sighand.siglock.lock();
            if (task.loadAcquireSighand() == sighand) {
                return sighand;
            }
            sighand.siglock.unlock();
        }
    }

    /** Where a test comes in between. */
    void beforeLock(TaskStruct task, SighandStruct sighand) {}

    private SighandStruct lockOrThrow(TaskStruct task) {
        SighandStruct sighand = lockTaskSighand(task);
        if (sighand == null) {
            throw new IllegalStateException("a task that was released has no signal actions: " + task);
        }
        return sighand;
    }

    /**
     * {@code sigaction(SIGCHLD)} of {@code current}'s process.
     *
     * @throws IllegalStateException if {@code current} was released
     */
    public final void setSigchldAction(TaskStruct current, SigchldAction action) {
        SighandStruct sighand = lockOrThrow(current);
        try {
            sighand.storeSigchld(action);
        } finally {
            sighand.siglock.unlock();
        }
    }

    /**
     * What {@code task}'s process asked to happen on SIGCHLD.
     *
     * @throws IllegalStateException if {@code task} was released
     */
    public final SigchldAction sigchldAction(TaskStruct task) {
        SighandStruct sighand = lockOrThrow(task);
        try {
            return sighand.sigchld();
        } finally {
            sighand.siglock.unlock();
        }
    }

    /**
     * {@code kill(SIGKILL)} as the kernel itself sends it: every thread of {@code task}'s group has a fatal signal pending,
     * and those that sleep in a wait call or in exec wake up. To exit is up to whoever runs as them.
     *
     * @return false if the task was released already
     */
    public final boolean sendSigkill(TaskStruct task) {
        SighandStruct sighand = lockTaskSighand(task);
        if (sighand == null) {
            return false;
        }
        SignalStruct signal = task.signal;
        try {
            signal.storeGroupExit();
            for (TaskStruct t = signal.threads.first(); t != null; t = signal.threads.after(t.threadNode)) {
                t.storeKilled(true);
            }
            sighand.groupExecWake.wakeUpAll();
            signal.wakeUpParent();
        } finally {
            sighand.siglock.unlock();
        }
        return true;
    }

    /** {@code fatal_signal_pending}: whoever runs as {@code task} must let it exit now. Any thread may ask. */
    public final boolean fatalSignalPending(TaskStruct task) {
        return task.killed();
    }

    /** {@code prctl(PR_SET_CHILD_SUBREAPER)}. */
    public final void setChildSubreaper(TaskStruct current, boolean on) {
        current.signal.storeIsChildSubreaper(on);
        if (on) {
            kernel.tasklistLock().readLock();
            try {
                walkProcessTree(current.groupLeader());
            } finally {
                kernel.tasklistLock().readUnlock();
            }
        }
    }

    /**
     * {@code walk_process_tree} with {@code propagate_has_child_subreaper}: every descendant of the group learns that it
     * has a subreaper above it, but not those below one that knows already. Not recursive: chains of processes are long.
     */
    private static void walkProcessTree(TaskStruct top) {
        TaskStruct parent = top;
        TaskStruct child = firstChild(top);
        while (true) {
            if (child != null) {
                if (child.signal.hasChildSubreaper()) {
                    child = nextChild(child);
                    continue;
                }
                child.signal.storeHasChildSubreaper();
                parent = child;
                child = firstChild(parent);
                continue;
            }
            if (parent == top) {
                return;
            }
            child = nextChild(parent);
            parent = parent.realParent().groupLeader();
        }
    }

    /** The first child of the first thread of {@code leader}'s group that has one. */
    private static TaskStruct firstChild(TaskStruct leader) {
        SignalStruct signal = leader.signal;
        return firstChildFrom(signal, signal.threads.first());
    }

    private static TaskStruct firstChildFrom(SignalStruct signal, TaskStruct from) {
        for (TaskStruct t = from; t != null; t = signal.threads.after(t.threadNode)) {
            TaskStruct child = t.children.first();
            if (child != null) {
                return child;
            }
        }
        return null;
    }

    private static TaskStruct nextChild(TaskStruct child) {
        TaskStruct parent = child.realParent();
        TaskStruct next = parent.children.after(child.sibling);
        return next != null ? next : firstChildFrom(parent.signal, parent.signal.threads.after(parent.threadNode));
    }

    /**
     * {@code do_notify_parent}: tells {@code child}'s parent, or its tracer, of its end. Under tasklist_lock for writing;
     * takes the parent's siglock.
     *
     * @param current who runs
     * @return whether the child must reap itself, because its parent ignores SIGCHLD
     */
    final boolean doNotifyParent(TaskStruct current, TaskStruct child, int sig) {
        TaskStruct parent = child.parent();
        SighandStruct psig = parent.loadAcquireSighand(); // stays: nobody releases it under this lock
        psig.siglock.lock();
        try {
            SigchldAction action = psig.sigchld();
            boolean autoreap = !child.ptraced() && sig == TaskStruct.SIGCHLD && action != SigchldAction.DEFAULT;
            if (sig > 0) {
                kernel.tracepoints().sigchld(current, child, parent, !(autoreap && action == SigchldAction.IGNORE));
            }
            parent.signal.wakeUpParent();
            return autoreap;
        } finally {
            psig.siglock.unlock();
        }
    }
}

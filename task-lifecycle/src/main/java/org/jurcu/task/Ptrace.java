package org.jurcu.task;

/** ptrace.c: a tracer takes the parent's place. */
public final class Ptrace {
    private final Kernel kernel;

    Ptrace(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * {@code PTRACE_ATTACH}, {@code PTRACE_SEIZE}, and the attachment that a tracer's options give to the children of
     * its tracees.
     *
     * @return false if the task is traced already or has exited (EPERM), is of the tracer's own group (EPERM) or not
     *     visible in its pid namespace (ESRCH), or the tracer exits
     */
    public boolean attach(TaskStruct tracer, TaskStruct p) {
        kernel.tasklistLock().writeLock();
        try {
            return p.exitState() == 0
                    && p.signal != tracer.signal
                    && p.threadPid().nrNs(tracer.activeNs()) != 0
                    && attachLocked(tracer, p);
        } finally {
            kernel.tasklistLock().writeUnlock();
        }
    }

    /** {@code ptrace_link}, if nothing speaks against it. */
    private static boolean attachLocked(TaskStruct tracer, TaskStruct p) {
        // PF_EXITING may be set at once; then exit_ptrace, which needs this lock, comes later and finds p.
        if (p.ptraced() || p.exitState() != 0 || tracer.exiting()) {
            return false;
        }
        p.storePtraced(true);
        tracer.tracees.addTail(p.ptraceEntry);
        p.storeParent(tracer);
        return true;
    }

    /** {@code PTRACE_TRACEME}: the parent becomes the tracer. */
    public boolean traceme(TaskStruct current) {
        kernel.tasklistLock().writeLock();
        try {
            return attachLocked(current.realParent(), current);
        } finally {
            kernel.tasklistLock().writeUnlock();
        }
    }

    /**
     * {@code PTRACE_O_EXITKILL}: {@code p} gets SIGKILL when {@code tracer} exits.
     *
     * @return false if {@code tracer} does not trace it
     */
    public boolean setExitKill(TaskStruct tracer, TaskStruct p, boolean on) {
        kernel.tasklistLock().writeLock();
        try {
            if (!isTracedBy(tracer, p)) {
                return false;
            }
            p.storeExitKill(on);
            return true;
        } finally {
            kernel.tasklistLock().writeUnlock();
        }
    }

    /** {@code PTRACE_DETACH}; a zombie that nobody else waits for is released. */
    public void detach(TaskStruct tracer, TaskStruct p) {
        boolean dead;
        kernel.tasklistLock().writeLock();
        try {
            if (!isTracedBy(tracer, p)) {
                return;
            }
            dead = detachLocked(tracer, p);
        } finally {
            kernel.tasklistLock().writeUnlock();
        }
        if (dead) {
            kernel.exit().releaseTask(tracer, p);
        }
    }

    private static boolean isTracedBy(TaskStruct tracer, TaskStruct p) {
        return p.ptraced() && p.parent() == tracer;
    }

    /** Whether {@code p} has a tracer. */
    public boolean isTraced(TaskStruct p) {
        kernel.tasklistLock().readLock();
        try {
            return p.ptraced();
        } finally {
            kernel.tasklistLock().readUnlock();
        }
    }

    /** {@code __ptrace_detach}: whether the task, a zombie, is now dead and must be released by the caller. */
    boolean detachLocked(TaskStruct tracer, TaskStruct p) {
        unlink(p);
        if (p.exitState() != TaskStruct.EXIT_ZOMBIE) {
            return false;
        }
        boolean dead = !p.isThreadGroupLeader();
        if (!dead && p.threadGroupEmpty()) {
            if (p.realParent().signal != tracer.signal) {
                dead = kernel.signals().doNotifyParent(tracer, p, p.exitSignal());
            } else if (ignoringChildren(tracer)) {
                tracer.signal.wakeUpParent();
                dead = true;
            }
        }
        if (dead) {
            p.storeExitState(TaskStruct.EXIT_DEAD);
        }
        return dead;
    }

    /** {@code ignoring_children}. */
    static boolean ignoringChildren(TaskStruct tracer) {
        SighandStruct sighand = tracer.loadAcquireSighand(); // its own
        sighand.siglock.lock();
        try {
            return sighand.sigchld() != SigchldAction.DEFAULT;
        } finally {
            sighand.siglock.unlock();
        }
    }

    /** {@code __ptrace_unlink}: the natural parent is the parent again. */
    void unlink(TaskStruct p) {
        p.storePtraced(false);
        p.storeExitKill(false);
        p.ptraceEntry.del();
        p.storeParent(p.realParent());
        kernel.tracepoints().reparent(p, p.parent());
    }
}

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
     * @return false if the task is traced already or has exited, or its tracer exits
     */
    public boolean attach(TaskStruct tracer, TaskStruct p) {
        kernel.tasklistLock().writeLock().lock();
        try {
            return attachLocked(tracer, p);
        } finally {
            kernel.tasklistLock().writeLock().unlock();
        }
    }

    private static boolean attachLocked(TaskStruct tracer, TaskStruct p) {
        if (p.ptraced || p.exitState() != 0 || tracer.exiting) {
            return false;
        }
        p.ptraced = true;
        tracer.tracees.addTail(p.ptraceEntry);
        p.parent = tracer;
        return true;
    }

    /** {@code PTRACE_TRACEME}: the parent becomes the tracer. */
    public boolean traceme(TaskStruct current) {
        kernel.tasklistLock().writeLock().lock();
        try {
            return attachLocked(current.realParent, current);
        } finally {
            kernel.tasklistLock().writeLock().unlock();
        }
    }

    /** {@code PTRACE_DETACH}; a zombie that nobody else waits for is released. */
    public void detach(TaskStruct tracer, TaskStruct p) {
        boolean dead;
        kernel.tasklistLock().writeLock().lock();
        try {
            if (!p.ptraced || p.parent != tracer) {
                return;
            }
            dead = detachLocked(tracer, p);
        } finally {
            kernel.tasklistLock().writeLock().unlock();
        }
        if (dead) {
            kernel.exit().releaseTask(tracer, p);
        }
    }

    /** Whether {@code p} has a tracer. */
    public boolean isTraced(TaskStruct p) {
        kernel.tasklistLock().readLock().lock();
        try {
            return p.ptraced;
        } finally {
            kernel.tasklistLock().readLock().unlock();
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
            if (p.realParent.signal != tracer.signal) {
                dead = kernel.signals().doNotifyParent(tracer, p, p.exitSignal);
            } else if (tracer.sighand.sigchld != SigchldAction.DEFAULT) {
                kernel.waits().wakeUpParent();
                dead = true;
            }
        }
        if (dead) {
            p.storeExitState(TaskStruct.EXIT_DEAD);
        }
        return dead;
    }

    /** {@code __ptrace_unlink}: the natural parent is the parent again. */
    void unlink(TaskStruct p) {
        p.ptraced = false;
        p.ptraceEntry.del();
        p.parent = p.realParent;
    }
}

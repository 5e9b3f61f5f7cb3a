package org.jurcu.task;

import static org.jurcu.task.CloneFlags.CLONE_NEWPID;
import static org.jurcu.task.CloneFlags.CLONE_PARENT;
import static org.jurcu.task.CloneFlags.CLONE_SIGHAND;
import static org.jurcu.task.CloneFlags.CLONE_THREAD;

/** fork.c: the birth of a task. */
public final class Fork {
    private final Kernel kernel;

    Fork(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * {@code copy_process} with a number of the kernel's choice.
     *
     * @see #copyProcess(TaskStruct, long, int)
     */
    public TaskStruct copyProcess(TaskStruct current, long cloneFlags) {
        return copyProcess(current, cloneFlags, 0);
    }

    /**
     * {@code copy_process}: a new task, findable by its number when this returns, with two rcu users (who releases it,
     * and the scheduler) and one usage.
     *
     * @param current who calls clone
     * @param cloneFlags see {@link CloneFlags}; other bits do not matter here
     * @param nr its number in the outermost namespace, or 0 for the next that is free
     * @throws IllegalArgumentException if {@code nr} is no pid, or the flags contradict each other (EINVAL)
     * @throws IllegalStateException if the namespace of the caller's children is dying (ENOMEM), {@code nr} is taken, or
     *     the caller exits
     */
    public TaskStruct copyProcess(TaskStruct current, long cloneFlags, int nr) {
        TaskStruct p = dupTaskStruct();
        kernel.tasklistLock().writeLock().lock();
        try {
            checkFlags(current, cloneFlags);
            copyIds(current, p, cloneFlags, nr);
            copySignal(current, p, cloneFlags);
            copyParent(current, p, cloneFlags);
            link(p);
            return p;
        } catch (RuntimeException e) {
            kernel.slab().free(p); // delayed_free_task: nobody has seen it, and its counts never began
            throw e;
        } finally {
            kernel.tasklistLock().writeLock().unlock();
        }
    }

    private static void checkFlags(TaskStruct current, long flags) {
        if (current.exiting) {
            throw new IllegalStateException("a task that exits forks nothing: " + current);
        }
        boolean thread = (flags & CLONE_THREAD) != 0;
        if (thread && (flags & CLONE_SIGHAND) == 0) {
            throw new IllegalArgumentException("CLONE_THREAD needs CLONE_SIGHAND: a group shares its signal handlers");
        }
        if (thread && ((flags & CLONE_NEWPID) != 0 || current.nsForChildren != activeNs(current))) {
            throw new IllegalArgumentException("CLONE_THREAD stays in its group's pid namespace");
        }
    }

    /** {@code dup_task_struct}: memory. The counts begin last, in {@link #link}: stale pointers are refused until then. */
    TaskStruct dupTaskStruct() {
        TaskStruct p = kernel.slab().alloc();
        p.storeExitState(0);
        p.exiting = false;
        p.ptraced = false;
        p.dead = false;
        return p;
    }

    private static void copyIds(TaskStruct current, TaskStruct p, long flags, int nr) {
        PidNamespace ns = (flags & CLONE_NEWPID) != 0 ? new PidNamespace(activeNs(current)) : current.nsForChildren;
        if (ns.dying) {
            throw new IllegalStateException("the pid namespace is dying, as its init has exited: fork elsewhere");
        }
        p.threadPid = Pid.alloc(ns, nr);
        p.nsForChildren = ns;
        p.storePid(p.threadPid.nr());
    }

    private static void copySignal(TaskStruct current, TaskStruct p, long flags) {
        boolean shared = (flags & CLONE_SIGHAND) != 0;
        p.storeReleaseSighand(shared ? current.sighand : new SighandStruct(current.sighand.sigchld));
        if ((flags & CLONE_THREAD) != 0) {
            p.signal = current.signal;
            p.groupLeader = current.groupLeader;
            return;
        }
        p.signal = new SignalStruct();
        p.signal.hasChildSubreaper = current.signal.hasChildSubreaper || current.signal.isChildSubreaper;
        p.groupLeader = p;
    }

    private static void copyParent(TaskStruct current, TaskStruct p, long flags) {
        boolean thread = (flags & CLONE_THREAD) != 0;
        boolean sibling = thread || (flags & CLONE_PARENT) != 0;
        p.realParent = sibling ? current.realParent : current;
        p.parent = p.realParent;
        p.exitSignal =
                thread ? TaskStruct.NO_EXIT_SIGNAL : sibling ? current.groupLeader.exitSignal : TaskStruct.SIGCHLD;
    }

    private void link(TaskStruct p) {
        SignalStruct signal = p.signal;
        if (p.isThreadGroupLeader()) {
            PidNamespace ns = activeNs(p);
            if (p.threadPid.nrNs(ns) == 1) {
                ns.childReaper = p;
            }
            p.realParent.children.addTail(p.sibling);
        }
        signal.nrThreads++;
        signal.live++;
        signal.threads.addTail(p.threadNode);
        kernel.rules().beginCounts(p);
        kernel.pids().attach(p.pid(), p); // from here on it can be found
    }

    /** {@code task_active_pid_ns}: the namespace that the task itself is in. */
    static PidNamespace activeNs(TaskStruct task) {
        return task.threadPid.ns;
    }

    /** {@code unshare(CLONE_NEWPID)}: the next child of {@code current} is the init of a new namespace. */
    public void unsharePidNs(TaskStruct current) {
        kernel.tasklistLock().writeLock().lock();
        try {
            current.nsForChildren = new PidNamespace(activeNs(current));
        } finally {
            kernel.tasklistLock().writeLock().unlock();
        }
    }

    /** A task that no other has made: idle has no parent and no number, init is its child. */
    TaskStruct bootTask(PidNamespace ns, TaskStruct parent) {
        TaskStruct p = dupTaskStruct();
        p.storeReleaseSighand(new SighandStruct(SigchldAction.DEFAULT));
        p.signal = new SignalStruct();
        p.groupLeader = p;
        p.nsForChildren = ns;
        p.realParent = parent == null ? p : parent;
        p.parent = p.realParent;
        p.exitSignal = TaskStruct.SIGCHLD;
        if (parent == null) {
            p.storePid(0);
            kernel.rules().beginCounts(p);
            return p;
        }
        p.threadPid = Pid.alloc(ns, Kernel.INIT_PID);
        p.storePid(Kernel.INIT_PID);
        link(p);
        return p;
    }
}

package org.jurcu.task;

import static org.jurcu.task.CloneFlags.CLONE_NEWPID;
import static org.jurcu.task.CloneFlags.CLONE_PARENT;
import static org.jurcu.task.CloneFlags.CLONE_SIGHAND;
import static org.jurcu.task.CloneFlags.CLONE_THREAD;

/**
 * fork.c: the birth of a task.
 *
 * <p><b>Usage</b>
 *
 * <pre>{@code
 * import org.jurcu.task.CloneFlags;
 * import org.jurcu.task.Kernel;
 * import org.jurcu.task.TaskStruct;
 *
 * public class Births {
 *     public static void main(String[] args) {
 *         try (Kernel kernel = Kernel.create("births")) {
 *             TaskStruct shell = kernel.fork().copyProcess(kernel.init(), 0);
 *             System.out.println(shell.rcuUsers() + " rcu users, usage " + shell.usage());
 *             TaskStruct thread = kernel.fork().copyProcess(shell, CloneFlags.CLONE_THREAD | CloneFlags.CLONE_SIGHAND);
 *             TaskStruct inner = kernel.fork().copyProcess(thread, CloneFlags.CLONE_NEWPID);
 *             System.out.println(inner.pid() + " is " + kernel.waits().nrSeenBy(inner, inner) + " in its namespace");
 *             try {
 *                 kernel.fork().copyProcess(shell, 0, thread.pid());
 *             } catch (IllegalStateException e) {
 *                 System.out.println(e.getMessage());
 *             }
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p><b>Memory effects.</b> A task's initialisation happens-before its being found, by its number or as somebody's relative.
 *
 * <p><b>Progress.</b> Blocks on pidmap_lock, tasklist_lock and a siglock, each held for a few instructions. A fork that throws has
 * changed nothing: number, slot and counts are as they were, but that the turn of the numbers may have moved on.
 *
 * <p>Mirrors {@code kernel/fork.c} and the part of {@code kernel/nsproxy.c} that unshares pid namespaces.
 */
public class Fork {
    private final Kernel kernel;

    Fork(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * {@code copy_process} with a number of the kernel's choice.
     *
     * @see #copyProcess(TaskStruct, long, int)
     */
    public final TaskStruct copyProcess(TaskStruct current, long cloneFlags) {
        return copyProcess(current, cloneFlags, 0);
    }

    /**
     * {@code copy_process}: a new task, findable by its number when this returns, with two rcu users (who releases it,
     * and the scheduler) and one usage.
     *
     * @param current who calls clone
     * @param cloneFlags see {@link CloneFlags}; other bits do not matter here
     * @param nr its number in the outermost namespace, or 0 for the next that is free
     * @throws IllegalArgumentException if {@code nr} is no pid, the flags contradict each other, or the init of a
     *     namespace wants a sibling (EINVAL)
     * @throws IllegalStateException if the namespace of the caller's children is dying (ENOMEM), nested too deep (ENOSPC)
     *     or has no number left (EAGAIN), {@code nr} is taken, a fatal signal is pending (EINTR), or the caller exits
     */
    public final TaskStruct copyProcess(TaskStruct current, long cloneFlags, int nr) {
        TaskStruct p = dupTaskStruct();
        try {
            checkFlags(current, cloneFlags);
            copySighand(current, p, cloneFlags);
            copySignal(current, p, cloneFlags);
            allocPid(current, p, cloneFlags, nr);
            beforeLinkIn(p);
            linkIn(current, p, cloneFlags);
            return p;
        } catch (RuntimeException | Error e) {
            undo(p);
            throw e;
        }
    }

    private void checkFlags(TaskStruct current, long flags) {
        if (current.exiting()) {
            throw new IllegalStateException("a task that exits forks nothing: " + current);
        }
        boolean thread = (flags & CLONE_THREAD) != 0;
        if (thread && (flags & CLONE_SIGHAND) == 0) {
            throw new IllegalArgumentException("CLONE_THREAD needs CLONE_SIGHAND: a group shares its signal handlers");
        }
        if (thread && ((flags & CLONE_NEWPID) != 0 || current.nsForChildren != current.activeNs())) {
            throw new IllegalArgumentException("CLONE_THREAD stays in its group's pid namespace");
        }
        if ((flags & CLONE_PARENT) != 0 && isInitOfItsNamespace(current)) {
            throw new IllegalArgumentException(
                    "CLONE_PARENT by an init makes a child that nobody can reap: fork without it");
        }
    }

    /** {@code SIGNAL_UNKILLABLE}: whether the group's number in its own namespace is 1. */
    private boolean isInitOfItsNamespace(TaskStruct current) {
        kernel.tasklistLock().readLock();
        try {
            Pid pid = current.groupLeader().threadPid();
            return pid.nrNs(pid.ns) == 1;
        } finally {
            kernel.tasklistLock().readUnlock();
        }
    }

    /** {@code dup_task_struct}: memory. The counts begin last, in {@link #link}: stale pointers are refused until then. */
    final TaskStruct dupTaskStruct() {
        TaskStruct p = kernel.slab().alloc();
        p.storeExitState(0);
        p.resetFields();
        return p;
    }

    /** {@code copy_sighand}. */
    private void copySighand(TaskStruct current, TaskStruct p, long flags) {
        SighandStruct of = current.loadAcquireSighand();
        if ((flags & CLONE_SIGHAND) != 0) {
            of.count.inc();
            p.storeReleaseSighand(of);
            return;
        }
        SigchldAction action;
        of.siglock.lock();
        try {
            action = of.sigchld();
        } finally {
            of.siglock.unlock();
        }
        p.storeReleaseSighand(newSighand(p, action));
    }

    /** One with a single user, out of the task's slot if it has one. */
    final SighandStruct newSighand(TaskStruct p, SigchldAction action) {
        SighandStruct sighand = p.spareSighand;
        p.spareSighand = null;
        if (sighand == null) {
            sighand = kernel.spareSighands().poll();
        }
        if (sighand == null) {
            sighand = new SighandStruct(kernel.isOfOneThread());
        }
        sighand.storeSigchld(action);
        sighand.count.setRelease(1);
        return sighand;
    }

    /** {@code __cleanup_sighand}: {@code p} drops it, and keeps it for its slot's next task if it was the last. */
    final void putSighand(TaskStruct p, SighandStruct sighand) {
        if (sighand.count.decAndTest()) {
            if (p.spareSighand == null) {
                p.spareSighand = sighand;
            } else {
                kernel.spareSighands().add(sighand);
            }
        }
    }

    /** {@code copy_signal}. */
    private void copySignal(TaskStruct current, TaskStruct p, long flags) {
        if ((flags & CLONE_THREAD) != 0) {
            p.signal = current.signal;
            p.signal.sigcnt.inc();
        } else {
            p.signal = newSignal(p);
        }
    }

    private SignalStruct newSignal(TaskStruct p) {
        SignalStruct signal = p.spareSignal;
        p.spareSignal = null;
        if (signal == null) {
            signal = kernel.spareSignals().poll();
        }
        if (signal == null) {
            signal = new SignalStruct(kernel);
        }
        signal.init(p.loadAcquireSighand());
        signal.sigcnt.setRelease(1);
        return signal;
    }

    /** {@code put_signal_struct}. */
    final void putSignal(TaskStruct p) {
        SignalStruct signal = p.signal;
        if (signal.sigcnt.decAndTest()) {
            if (p.spareSignal == null) {
                p.spareSignal = signal;
            } else {
                kernel.spareSignals().add(signal);
            }
        }
    }

    private void allocPid(TaskStruct current, TaskStruct p, long flags, int nr) {
        PidNamespace ns =
                (flags & CLONE_NEWPID) != 0 ? new PidNamespace(kernel, current.activeNs()) : current.nsForChildren;
        Pid spare = p.sparePid != null ? p.sparePid : kernel.sparePids().poll();
        p.sparePid = null;
        Pid pid;
        try {
            pid = Pid.alloc(kernel, ns, spare, nr);
        } catch (RuntimeException | Error e) {
            if (spare != null && !spare.wasPublished()) {
                p.sparePid = spare; // kept if there is no number
            }
            throw e;
        }
        p.storeThreadPid(pid);
        p.nsForChildren = ns;
        p.storePid(pid.nr());
    }

    /** {@code put_pid}: the memory serves {@code p}'s slot again if it was the last reference. */
    final void putPid(TaskStruct p, Pid pid) {
        if (pid.putPid()) {
            if (p.sparePid == null) {
                p.sparePid = pid;
            } else {
                kernel.sparePids().add(pid);
            }
        }
    }

    /** Where a test comes in between. */
    void beforeLinkIn(TaskStruct p) {}

    /** The point of no return, under both locks: what may still refuse comes first. */
    private void linkIn(TaskStruct current, TaskStruct p, long flags) {
        RwLock tasklist = kernel.tasklistLock();
        SpinLock siglock = current.loadAcquireSighand().siglock;
        tasklist.writeLock();
        try {
            siglock.lock();
            try {
                if (p.threadPid().ns.dying()) { // again: its init may have exited since
                    throw new IllegalStateException(
                            "ENOMEM: the pid namespace is dying, as its init has exited or was never born; fork"
                                    + " elsewhere");
                }
                if (current.killed() || (isThread(flags) && current.signal.groupExit())) {
                    throw new IllegalStateException("EINTR: a fatal signal is pending; let the task exit: " + current);
                }
                copyParent(current, p, flags);
                link(current, p);
            } finally {
                siglock.unlock();
            }
        } finally {
            tasklist.writeUnlock();
        }
    }

    private static boolean isThread(long flags) {
        return (flags & CLONE_THREAD) != 0;
    }

    private static void copyParent(TaskStruct current, TaskStruct p, long flags) {
        boolean sibling = (flags & (CLONE_THREAD | CLONE_PARENT)) != 0;
        TaskStruct parent = sibling ? current.realParent() : current;
        p.storeRealParent(parent);
        p.storeParent(parent);
        p.storeGroupLeader(isThread(flags) ? current.groupLeader() : p);
        p.storeExitSignal(
                isThread(flags)
                        ? TaskStruct.NO_EXIT_SIGNAL
                        : sibling ? current.groupLeader().exitSignal() : TaskStruct.SIGCHLD);
    }

    private void link(TaskStruct current, TaskStruct p) {
        SignalStruct signal = p.signal;
        Pid pid = p.threadPid();
        if (p.isThreadGroupLeader()) {
            if (pid.nrNs(pid.ns) == 1) {
                pid.ns.storeChildReaper(p);
            }
            SignalStruct parents = p.realParent().signal;
            if (parents.hasChildSubreaper() || parents.isChildSubreaper()) {
                signal.storeHasChildSubreaper(); // under the lock under which a new subreaper tells its descendants
            }
            p.realParent().children.addTail(p.sibling);
            pid.attach(); // PIDTYPE_TGID
            attachGroups(
                    p, current == null ? pid : current.signal.pgrp(), current == null ? pid : current.signal.session());
        }
        addThread(p, signal);
        signal.publish();
        kernel.rules().beginCounts(p);
        pid.storeReleaseTask(p); // PIDTYPE_PID: from here on it can be found
    }

    private static void attachGroups(TaskStruct p, Pid pgrp, Pid session) {
        p.signal.storePgrp(pgrp);
        p.signal.storeSession(session);
        pgrp.attachGroup();
        session.attach();
    }

    private static void addThread(TaskStruct p, SignalStruct signal) {
        signal.addNrThreads(1);
        signal.addQuickThreads(1);
        signal.incLive();
        signal.threads.addTail(p.threadNode);
    }

    /**
     * The {@code bad_fork_...} labels, the last of which is {@code delayed_free_task}: nobody has seen the task, and its
     * counts never began, so none is dropped.
     */
    private void undo(TaskStruct p) {
        Pid pid = p.threadPid();
        if (pid != null) {
            // Its base reference is never dropped: a lookup by number may stand on it still, and may get and put it. So
            // it is
            // no spare one, and its memory is left to the garbage collector.
            pid.free();
        }
        if (p.signal != null) {
            putSignal(p);
        }
        SighandStruct sighand = p.loadAcquireSighand();
        if (sighand != null) {
            putSighand(p, sighand);
        }
        kernel.slab().free(p);
    }

    /**
     * {@code unshare(CLONE_NEWPID)}: the next child of {@code current} is the init of a new namespace.
     *
     * @throws IllegalStateException if that would be nested more than 32 deep (ENOSPC)
     */
    public final void unsharePidNs(TaskStruct current) {
        current.nsForChildren = new PidNamespace(kernel, current.activeNs());
    }

    /** A task that no other has made: idle has no parent and no number, init is its child. */
    final TaskStruct bootTask(PidNamespace ns, TaskStruct parent) {
        TaskStruct p = dupTaskStruct();
        p.storeReleaseSighand(newSighand(p, SigchldAction.DEFAULT));
        p.signal = newSignal(p);
        p.nsForChildren = ns;
        p.storeGroupLeader(p);
        p.storeRealParent(parent == null ? p : parent);
        p.storeParent(p.realParent());
        p.storeExitSignal(TaskStruct.SIGCHLD);
        if (parent == null) {
            p.storePid(0);
            kernel.rules().beginCounts(p);
            return p;
        }
        p.storeThreadPid(Pid.alloc(kernel, ns, null, Kernel.INIT_PID));
        p.storePid(Kernel.INIT_PID);
        RwLock tasklist = kernel.tasklistLock();
        SpinLock siglock = p.loadAcquireSighand().siglock;
        tasklist.writeLock();
        siglock.lock();
        try {
            link(null, p);
        } finally {
            siglock.unlock();
            tasklist.writeUnlock();
        }
        return p;
    }
}

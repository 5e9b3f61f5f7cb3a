package org.jurcu.task;

/**
 * kernel/sys.c: process groups and sessions, which a wait call can name. The number of either stays in use until its last
 * process has been released, also when the process after which it is named is long gone.
 *
 * <pre>{@code
 * TaskStruct shell = kernel.fork().copyProcess(kernel.init(), 0);
 * int session = kernel.groups().setsid(shell);
 * TaskStruct job = kernel.fork().copyProcess(shell, 0);
 * int group = kernel.groups().setpgid(job);           // a background job
 * kernel.waits().wait4(shell, -group, Wait.WNOHANG);  // 0: it has not ended
 * }</pre>
 *
 * <p><b>Memory effects and progress.</b> Those of tasklist_lock, which each call takes for a few instructions: what a call did
 * happens-before every later one, and before a wait call that sees it. Numbers are pids.
 *
 * <p>Mirrors {@code setpgid}, {@code setsid}, {@code getpgid} and {@code getsid}.
 */
public final class ProcessGroups {
    private final Kernel kernel;

    ProcessGroups(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * {@code setpgid(0, 0)}: {@code current}'s process leads a group of its own.
     *
     * @return the group's number as {@code current}'s namespace sees it
     * @throws IllegalStateException if the process leads a session (EPERM)
     */
    public int setpgid(TaskStruct current) {
        return setpgid(current, null);
    }

    /**
     * {@code setpgid}: {@code current}'s process joins the group of {@code other}.
     *
     * @param other a process of that group; null for a group of {@code current}'s own
     * @return the group's number as {@code current}'s namespace sees it
     * @throws IllegalStateException if the process leads a session, or {@code other} is in another session or has been
     *     released (EPERM)
     */
    public int setpgid(TaskStruct current, TaskStruct other) {
        Pid[] left = new Pid[2];
        int nr;
        kernel.tasklistLock().writeLock();
        try {
            SignalStruct signal = current.signal;
            Pid own = current.groupLeader().threadPid();
            Pid pgrp = own;
            if (other != null) {
                if (other.loadAcquireSighand() == null || other.signal.session() != signal.session()) {
                    throw new IllegalStateException("EPERM: a process joins a group of its own session only: " + other);
                }
                pgrp = other.signal.pgrp();
            }
            if (signal.session() == own) {
                throw new IllegalStateException("EPERM: the leader of a session stays in its group: " + current);
            }
            change(current, pgrp, signal.session(), left);
            nr = pgrp.nrNs(current.activeNs());
        } finally {
            kernel.tasklistLock().writeUnlock();
        }
        freePids(left);
        return nr;
    }

    /**
     * {@code setsid}: {@code current}'s process leads a session of its own, and the one group in it.
     *
     * @return the session's number as {@code current}'s namespace sees it
     * @throws IllegalStateException if a process group has its number already (EPERM)
     */
    public int setsid(TaskStruct current) {
        Pid[] left = new Pid[2];
        int nr;
        kernel.tasklistLock().writeLock();
        try {
            Pid own = current.groupLeader().threadPid();
            if (own.hasGroup()) {
                throw new IllegalStateException(
                        "EPERM: a process group bears this process's number: fork, and let the child do it: "
                                + current);
            }
            change(current, own, own, left);
            nr = own.nrNs(current.activeNs());
        } finally {
            kernel.tasklistLock().writeUnlock();
        }
        freePids(left);
        return nr;
    }

    /** {@code __set_special_pids}, {@code change_pid}. {@code left} receives what nobody uses any more. */
    private static void change(TaskStruct current, Pid pgrp, Pid session, Pid[] left) {
        SignalStruct signal = current.signal;
        Pid oldPgrp = signal.pgrp();
        Pid oldSession = signal.session();
        pgrp.attachGroup();
        session.attach();
        oldPgrp.detachGroup();
        oldSession.detach();
        signal.storePgrp(pgrp);
        signal.storeSession(session);
        if (!oldPgrp.isInUse()) {
            left[0] = oldPgrp;
        }
        if (oldSession != oldPgrp && !oldSession.isInUse()) {
            left[1] = oldSession;
        }
    }

    /** {@code free_pids}: numbers that nobody uses any more. Their memory is left to the garbage collector. */
    private static void freePids(Pid[] left) {
        for (Pid pid : left) {
            if (pid != null) {
                pid.free();
            }
        }
    }

    /** {@code getpgid}: the group's number as {@code current}'s namespace sees it, 0 if it does not. */
    public int getpgid(TaskStruct current, TaskStruct p) {
        kernel.tasklistLock().readLock();
        try {
            return p.signal.pgrp().nrNs(current.activeNs());
        } finally {
            kernel.tasklistLock().readUnlock();
        }
    }

    /** {@code getsid}: the session's number as {@code current}'s namespace sees it, 0 if it does not. */
    public int getsid(TaskStruct current, TaskStruct p) {
        kernel.tasklistLock().readLock();
        try {
            return p.signal.session().nrNs(current.activeNs());
        } finally {
            kernel.tasklistLock().readUnlock();
        }
    }
}

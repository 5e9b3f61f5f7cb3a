package org.jurcu.task;

/**
 * exit.c: the wait calls.
 *
 * <p><b>Usage</b>
 *
 * <pre>{@code
 * import org.jurcu.task.Kernel;
 * import org.jurcu.task.TaskStruct;
 * import org.jurcu.task.Wait;
 *
 * public class Waits {
 *     public static void main(String[] args) {
 *         try (Kernel kernel = Kernel.create("waits")) {
 *             Wait waits = kernel.waits();
 *             TaskStruct child = kernel.fork().copyProcess(kernel.init(), 0);
 *             System.out.println(waits.wait4(kernel.init(), -1, Wait.WNOHANG)); // 0: it lives
 *             kernel.exit().doExit(child);
 *             kernel.scheduler().doTaskDead(child);
 *             System.out.println(waits.wait4(kernel.init(), 2, Wait.WNOWAIT)); // 2: it has ended
 *             System.out.println(waits.wait4(kernel.init(), -1, 0)); // 2: now it is released
 *             System.out.println(waits.wait4(kernel.init(), -1, 0) == -Wait.ECHILD); // true
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Which children a call is about:
 *
 * <pre>
 *   upid   -1      any child
 *          n > 0   the child n
 *          0       children of the caller's process group
 *          -n      children of the process group n
 *
 *   without {@link #WALL} and {@link #WCLONE}: those whose exit signal is SIGCHLD; tracees always
 * </pre>
 *
 * <p><b>Memory effects.</b> What a child did before its {@link Exit#exitNotify} happens-before the return of the wait that reports
 * it. Of several who reap one child, one gets it.
 *
 * <p><b>Progress.</b> With {@link #WNOHANG}, and in all methods but {@link #wait4}: blocks on tasklist_lock alone, held for a scan
 * of the children. Without: blocks until a child ends or a fatal signal is pending; an interrupt of the thread is kept and wakes
 * nobody.
 *
 * <p><b>Units.</b> Numbers and options are those of {@code wait4(2)}; results are pids, or errors as negative numbers.
 *
 * <p>Mirrors {@code kernel_wait4}, {@code do_wait} and {@code wait_consider_task} of {@code kernel/exit.c}.
 */
public class Wait {
    /** Return at once. */
    public static final int WNOHANG = 1;
    /** Report children that have ended; {@link #wait4} always does. */
    public static final int WEXITED = 4;
    /** Report, but do not reap. */
    public static final int WNOWAIT = 0x0100_0000;
    /** Only the calling thread's own children. */
    public static final int WNOTHREAD = 0x2000_0000;
    /** Children of every exit signal. */
    public static final int WALL = 0x4000_0000;
    /** Only children whose exit signal is not SIGCHLD. */
    public static final int WCLONE = 0x8000_0000;
    /** What {@link #wait4} returns when there is no child to wait for. */
    public static final int ECHILD = 10;
    /** What {@link #wait4} returns, negative, when a fatal signal ended its sleep. */
    public static final int ERESTARTSYS = 512;
    /** What {@link #wait4} returns, negative, for the process group {@code -Integer.MIN_VALUE}, which no int can name. */
    public static final int ESRCH = 3;

    private final Kernel kernel;

    Wait(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * What a wait call looks for.
     *
     * @param upid which children, as the caller's namespace numbers them: see {@link Wait}
     * @param options {@link #WNOHANG} and the others
     */
    public record WaitOpts(int upid, int options) {
        /** Whether the option is set. */
        public boolean has(int option) {
            return (options & option) != 0;
        }
    }

    /**
     * What a scan of the children found.
     *
     * @param zombie the child that a wait would report, or null
     * @param hasChildren whether there is any child that the wait could ever report
     */
    public record Scan(TaskStruct zombie, boolean hasChildren) {}

    /**
     * {@code wait4}: reaps a child that has ended. Without {@link #WNOHANG} it blocks until there is one.
     *
     * @param upid which children, as {@code current}'s namespace numbers them: see {@link Wait}
     * @return the child's number there; 0 with WNOHANG if none has ended; -{@link #ECHILD} if there is no such child;
     *     -{@link #ERESTARTSYS} if it would block and a fatal signal is pending
     * @throws IllegalStateException if {@code current} has exited
     */
    public int wait4(TaskStruct current, int upid, int options) {
        if (current.exitState() != 0) {
            throw new IllegalStateException("a task that has exited waits for nobody: " + current);
        }
        if (upid == Integer.MIN_VALUE) {
            return -ESRCH;
        }
        Pid target = findGetPid(current, upid);
        if (target == null && upid != -1) {
            return -ECHILD;
        }
        try {
            return wait4(current, upid, target, options | WEXITED);
        } finally {
            if (target != null) {
                putPid(target);
            }
        }
    }

    private int wait4(TaskStruct current, int upid, Pid target, int options) {
        for (; ; ) {
            long seen = has(options, WNOHANG) ? 0 : current.signal.prepareToWait();
            int nr = 0;
            int taken = 0;
            TaskStruct found;
            kernel.tasklistLock().readLock();
            try {
                found = find(current, upid, target, options, true);
                if (found != null && found != current) {
                    nr = found.threadPid().nrNs(current.activeNs());
                    taken = taken(found); // what find made of it, under the same hold
                    if (has(options, WNOWAIT)) {
                        found.getTaskStruct(); // for the report, which is made without the lock
                    }
                }
            } finally {
                kernel.tasklistLock().readUnlock();
            }
            if (found == null) {
                return -ECHILD;
            } else if (found != current) {
                report(current, found, taken, options);
                return nr;
            } else if (has(options, WNOHANG)) {
                return 0;
            } else if (current.killed() && !current.exiting()) {
                return -ERESTARTSYS;
            }
            if (Lockdep.ON) {
                Lockdep.mightSleep(kernel, "do_wait");
            }
            current.signal.awaitChild(seen);
        }
    }

    /** The rest of {@code wait_task_zombie}, with the lock dropped. */
    private void report(TaskStruct current, TaskStruct p, int taken, int options) {
        if (has(options, WNOWAIT)) {
            p.putTaskStruct();
        } else {
            release(current, p, taken);
        }
    }

    private static boolean has(int options, int option) {
        return (options & option) != 0;
    }

    /** {@code find_get_pid}: what {@code upid} names, or null; the caller puts it. */
    private Pid findGetPid(TaskStruct current, int upid) {
        if (upid == -1) {
            return null;
        }
        if (upid == 0) {
            kernel.tasklistLock().readLock();
            try {
                Pid pgrp = current.signal.pgrp();
                return pgrp.getPid() ? pgrp : null;
            } finally {
                kernel.tasklistLock().readUnlock();
            }
        }
        kernel.rcu().readLock();
        try {
            Pid pid = current.activeNs().findPid(Math.abs(upid));
            return pid != null && pid.getPid() ? pid : null;
        } finally {
            kernel.rcu().readUnlock();
        }
    }

    /** {@code put_pid}. */
    private void putPid(Pid pid) {
        if (pid.putPid()) {
            kernel.sparePids().add(pid);
        }
    }

    /** {@code pid_nr_ns}: {@code p}'s number as {@code current}'s namespace sees it. */
    public int nrSeenBy(TaskStruct current, TaskStruct p) {
        kernel.tasklistLock().readLock();
        try {
            return p.threadPid().nrNs(current.activeNs());
        } finally {
            kernel.tasklistLock().readUnlock();
        }
    }

    /** {@code do_wait}'s scan over the children and tracees of the caller's threads; takes nothing. */
    public Scan doWait(TaskStruct current, WaitOpts wo) {
        Pid target = findGetPid(current, wo.upid());
        if (target == null && wo.upid() != -1) {
            return new Scan(null, false);
        }
        TaskStruct found;
        kernel.tasklistLock().readLock();
        try {
            found = find(current, wo.upid(), target, wo.options(), false);
        } finally {
            kernel.tasklistLock().readUnlock();
            if (target != null) {
                putPid(target);
            }
        }
        return new Scan(found == current ? null : found, found != null);
    }

    /**
     * One scan, under tasklist_lock; the zombie is taken under the hold under which it was found, so it cannot vanish.
     *
     * @param take whether it is taken, unless {@link #WNOWAIT} is set
     * @return the zombie; {@code current} if there are children, but none to report; null if there is no child
     */
    private TaskStruct find(TaskStruct current, int upid, Pid target, int options, boolean take) {
        if (upid > 0) {
            return doWaitPid(current, target, options, take);
        }
        boolean any = false;
        TaskStruct t = current;
        do {
            for (TaskStruct p = t.children.first(); p != null; p = t.children.after(p.sibling)) {
                TaskStruct found = waitConsiderTask(current, false, p, target, options, take);
                if (found == p) {
                    return p;
                }
                any |= found != null;
            }
            for (TaskStruct p = t.tracees.first(); p != null; p = t.tracees.after(p.ptraceEntry)) {
                TaskStruct found = waitConsiderTask(current, true, p, target, options, take);
                if (found == p) {
                    return p;
                }
                any |= found != null;
            }
            t = nextThread(t);
        } while (t != current && !has(options, WNOTHREAD));
        return any ? current : null;
    }

    /** {@code do_wait_pid}: the one task of that number, without a walk. */
    private TaskStruct doWaitPid(TaskStruct current, Pid pid, int options, boolean take) {
        TaskStruct p = pid.task();
        if (p == null) {
            return null;
        }
        TaskStruct found = null;
        if (p.isThreadGroupLeader() && isEffectivelyChild(current, p.realParent(), options)) {
            found = waitConsiderTask(current, false, p, null, options, take);
        }
        if (found != p && p.ptraced() && isEffectivelyChild(current, p.parent(), options)) {
            TaskStruct traced = waitConsiderTask(current, true, p, null, options, take);
            found = traced == null ? found : traced;
        }
        return found;
    }

    private static boolean isEffectivelyChild(TaskStruct current, TaskStruct parent, int options) {
        return parent == current || (!has(options, WNOTHREAD) && parent.signal == current.signal);
    }

    /**
     * {@code wait_consider_task}.
     *
     * @return {@code p} if the wait reports it, and has it if it was to take it; {@code current} if it may report something
     *     of it later; null if it is none of its children
     */
    private TaskStruct waitConsiderTask(
            TaskStruct current, boolean ptrace, TaskStruct p, Pid pgrp, int options, boolean take) {
        int state = p.exitState(); // once: another reaper may change it meanwhile
        if (state == TaskStruct.EXIT_DEAD || !eligibleChild(ptrace, p, pgrp, options)) {
            return null;
        }
        if (!reports(ptrace, p, state, options)) {
            return !ptrace || state != TaskStruct.EXIT_TRACE ? current : null;
        }
        if (!take || has(options, WNOWAIT) || takeZombie(p, taken(p))) {
            return p;
        }
        return null; // another reaper was faster, and the child is no longer one to wait for
    }

    /** What a zombie becomes whom its reaper takes: one that is traced by another is still to be told to its parent. */
    private static int taken(TaskStruct p) {
        return p.ptraceReparented() && p.isThreadGroupLeader() ? TaskStruct.EXIT_TRACE : TaskStruct.EXIT_DEAD;
    }

    /** Whether a wait like {@code wo} could ever report anything: {@code do_wait}'s notask_error. */
    public boolean isChild(TaskStruct current, WaitOpts wo) {
        return doWait(current, wo).hasChildren();
    }

    /** {@code next_thread}: round the group. */
    private static TaskStruct nextThread(TaskStruct t) {
        TaskStruct next = t.signal.threads.after(t.threadNode);
        return next == null ? t.signal.threads.first() : next;
    }

    /** Whether an eligible child is a zombie that this wait reports. */
    private static boolean reports(boolean ptrace, TaskStruct p, int state, int options) {
        if (state != TaskStruct.EXIT_ZOMBIE || !has(options, WEXITED) || p.delayGroupLeader()) {
            return false;
        }
        return ptrace || !p.ptraced() || !p.ptraceReparented();
    }

    /** {@code eligible_child}; {@code pgrp} is null if any will do. */
    private static boolean eligibleChild(boolean ptrace, TaskStruct p, Pid pgrp, int options) {
        if (pgrp != null && p.signal.pgrp() != pgrp) {
            return false;
        }
        return ptrace || has(options, WALL) || (p.exitSignal() != TaskStruct.SIGCHLD) == has(options, WCLONE);
    }

    /**
     * {@code wait_task_zombie} for a child that cannot be released by anyone else meanwhile: the caller is its only
     * possible reaper, or loses the compare-and-set to another and takes nothing.
     *
     * @return whether this caller has it
     */
    public boolean waitTaskZombie(TaskStruct current, TaskStruct p, WaitOpts wo) {
        if (wo.has(WNOWAIT)) {
            return true;
        }
        int taken;
        kernel.tasklistLock().readLock();
        try {
            taken = taken(p);
            if (!takeZombie(p, taken)) {
                return false;
            }
        } finally {
            kernel.tasklistLock().readUnlock();
        }
        release(current, p, taken);
        return true;
    }

    /** What a reaper does with what it took. */
    private void release(TaskStruct current, TaskStruct p, int taken) {
        if (taken != TaskStruct.EXIT_TRACE || tellNaturalParent(current, p)) {
            kernel.exit().releaseTask(current, p);
        }
    }

    /** The compare-and-set of {@code exit_state}. */
    boolean takeZombie(TaskStruct p, int to) {
        return p.casExitState(TaskStruct.EXIT_ZOMBIE, to);
    }

    /** A tracer has reaped its tracee: now its parent may. Returns whether the parent does not want to. */
    private boolean tellNaturalParent(TaskStruct current, TaskStruct p) {
        kernel.tasklistLock().writeLock();
        try {
            kernel.ptrace().unlink(p);
            boolean dead = kernel.signals().doNotifyParent(current, p, p.exitSignal());
            p.storeExitState(dead ? TaskStruct.EXIT_DEAD : TaskStruct.EXIT_ZOMBIE);
            return dead;
        } finally {
            kernel.tasklistLock().writeUnlock();
        }
    }
}

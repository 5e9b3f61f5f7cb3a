package org.jurcu.task;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** exit.c: the wait calls. */
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

    private final Kernel kernel;
    private final ReentrantLock wakeLock = new ReentrantLock();
    private final Condition woken = wakeLock.newCondition();
    private long wakes; // guarded by wakeLock

    Wait(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * What a wait call looks for.
     *
     * @param upid the number of one child as the caller's namespace sees it, or -1 for any child
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
     * @param upid the child's number as {@code current}'s namespace sees it, or -1 for any
     * @return that number; 0 with WNOHANG if none has ended; -{@link #ECHILD} if there is no such child
     */
    public int wait4(TaskStruct current, int upid, int options) {
        WaitOpts wo = new WaitOpts(upid, options | WEXITED);
        for (; ; ) {
            long seen = wakes();
            Scan scan = doWait(current, wo);
            if (scan.zombie() != null) {
                int nr = nrSeenBy(current, scan.zombie());
                if (waitTaskZombie(current, scan.zombie(), wo)) {
                    return nr;
                }
            } else if (!scan.hasChildren()) {
                return -ECHILD;
            } else if (wo.has(WNOHANG)) {
                return 0;
            } else {
                awaitWake(seen);
            }
        }
    }

    /** {@code pid_nr_ns}: {@code p}'s number as {@code current}'s namespace sees it. */
    public int nrSeenBy(TaskStruct current, TaskStruct p) {
        kernel.tasklistLock().readLock().lock();
        try {
            return p.threadPid.nrNs(Fork.activeNs(current));
        } finally {
            kernel.tasklistLock().readLock().unlock();
        }
    }

    /** {@code do_wait}'s scan over the children and tracees of the caller's threads; takes nothing. */
    public Scan doWait(TaskStruct current, WaitOpts wo) {
        Lock lock = kernel.tasklistLock().readLock();
        lock.lock();
        try {
            boolean any = false;
            TaskStruct t = current;
            do {
                for (TaskStruct p = t.children.first(); p != null; p = t.children.after(p.sibling)) {
                    if (waitConsiderTask(current, wo, false, p)) {
                        return new Scan(p, true);
                    }
                    any |= eligibleChild(current, wo, false, p) && p.exitState() != TaskStruct.EXIT_DEAD;
                }
                for (TaskStruct p = t.tracees.first(); p != null; p = t.tracees.after(p.ptraceEntry)) {
                    if (waitConsiderTask(current, wo, true, p)) {
                        return new Scan(p, true);
                    }
                    any |= eligibleChild(current, wo, true, p) && p.exitState() != TaskStruct.EXIT_DEAD;
                }
                t = nextThread(t);
            } while (t != current && !wo.has(WNOTHREAD));
            return new Scan(null, any);
        } finally {
            lock.unlock();
        }
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

    /** {@code wait_consider_task}: whether {@code p} is a zombie that this wait reports. */
    private static boolean waitConsiderTask(TaskStruct current, WaitOpts wo, boolean ptrace, TaskStruct p) {
        if (p.exitState() != TaskStruct.EXIT_ZOMBIE || !wo.has(WEXITED) || !eligibleChild(current, wo, ptrace, p)) {
            return false;
        }
        boolean asTracer = ptrace || (p.ptraced && !p.ptraceReparented());
        return !p.delayGroupLeader() && (asTracer || !p.ptraced);
    }

    private static boolean eligibleChild(TaskStruct current, WaitOpts wo, boolean ptrace, TaskStruct p) {
        if (wo.upid() > 0 && p.threadPid.nrNs(Fork.activeNs(current)) != wo.upid()) {
            return false;
        }
        return ptrace || wo.has(WALL) || (p.exitSignal != TaskStruct.SIGCHLD) == wo.has(WCLONE);
    }

    /**
     * {@code wait_task_zombie}: the caller and every other reaper race for the zombie by one compare-and-set.
     *
     * @return whether this caller has it
     */
    public boolean waitTaskZombie(TaskStruct current, TaskStruct p, WaitOpts wo) {
        if (wo.has(WNOWAIT)) {
            return true;
        }
        boolean trace;
        Lock read = kernel.tasklistLock().readLock();
        read.lock();
        try {
            trace = p.ptraceReparented() && p.isThreadGroupLeader();
            if (!takeZombie(p, trace ? TaskStruct.EXIT_TRACE : TaskStruct.EXIT_DEAD)) {
                return false;
            }
        } finally {
            read.unlock();
        }
        if (!trace || tellNaturalParent(current, p)) {
            kernel.exit().releaseTask(current, p);
        }
        return true;
    }

    /** The compare-and-set of {@code exit_state}. */
    boolean takeZombie(TaskStruct p, int to) {
        return p.casExitState(TaskStruct.EXIT_ZOMBIE, to);
    }

    /** A tracer has reaped its tracee: now its parent may. Returns whether the parent does not want to. */
    private boolean tellNaturalParent(TaskStruct current, TaskStruct p) {
        Lock write = kernel.tasklistLock().writeLock();
        write.lock();
        try {
            kernel.ptrace().unlink(p);
            boolean dead = kernel.signals().doNotifyParent(current, p, p.exitSignal);
            p.storeExitState(dead ? TaskStruct.EXIT_DEAD : TaskStruct.EXIT_ZOMBIE);
            return dead;
        } finally {
            write.unlock();
        }
    }

    /** {@code __wake_up_parent}: whoever blocks in a wait looks again. */
    void wakeUpParent() {
        wakeLock.lock();
        try {
            wakes++;
            woken.signalAll();
        } finally {
            wakeLock.unlock();
        }
    }

    private long wakes() {
        wakeLock.lock();
        try {
            return wakes;
        } finally {
            wakeLock.unlock();
        }
    }

    private void awaitWake(long seen) {
        wakeLock.lock();
        try {
            while (wakes == seen) {
                woken.awaitUninterruptibly();
            }
        } finally {
            wakeLock.unlock();
        }
    }
}

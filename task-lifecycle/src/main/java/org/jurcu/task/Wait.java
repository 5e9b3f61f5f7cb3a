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
     * @throws IllegalStateException if {@code current} has exited
     */
    public int wait4(TaskStruct current, int upid, int options) {
        WaitOpts wo = new WaitOpts(upid, options | WEXITED);
        if (current.exitState() != 0) {
            throw new IllegalStateException("a task that has exited waits for nobody: " + current);
        }
        for (; ; ) {
            long seen = wakes();
            Found found = find(current, wo, true);
            if (found.zombie != null) {
                if (!wo.has(WNOWAIT)) {
                    release(current, found.zombie, found.trace);
                }
                return found.nr;
            } else if (!found.hasChildren) {
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
        Found found = find(current, wo, false);
        return new Scan(found.zombie, found.hasChildren);
    }

    /**
     * What a scan found, and took if it was to take.
     *
     * @param nr the zombie's number as the caller's namespace sees it
     * @param trace whether the zombie was taken for its tracer: its natural parent is still to be told
     */
    private record Found(TaskStruct zombie, int nr, boolean trace, boolean hasChildren) {}

    /** One scan; the zombie is taken under the same hold of the lock under which it was found, so it cannot vanish. */
    private Found find(TaskStruct current, WaitOpts wo, boolean take) {
        Lock lock = kernel.tasklistLock().readLock();
        lock.lock();
        try {
            PidNamespace ns = Fork.activeNs(current);
            boolean any = false;
            TaskStruct t = current;
            do {
                for (int ptrace = 0; ptrace < 2; ptrace++) {
                    ListHead head = ptrace == 0 ? t.children : t.tracees;
                    for (TaskStruct p = head.first();
                            p != null;
                            p = head.after(ptrace == 0 ? p.sibling : p.ptraceEntry)) {
                        int state = p.exitState(); // once: another reaper may change it meanwhile
                        if (state == TaskStruct.EXIT_DEAD || !eligibleChild(ns, wo, ptrace == 1, p)) {
                            continue;
                        }
                        if (!reports(wo, ptrace == 1, p, state)) {
                            any |= ptrace == 0 || state != TaskStruct.EXIT_TRACE;
                            continue;
                        }
                        boolean trace = tracedByAnother(p);
                        if (!take || wo.has(WNOWAIT) || takeZombie(p, taken(trace))) {
                            return new Found(p, p.threadPid.nrNs(ns), trace, true);
                        } // else another reaper was faster, and the child is no longer one to wait for
                    }
                }
                t = nextThread(t);
            } while (t != current && !wo.has(WNOTHREAD));
            return new Found(null, 0, false, any);
        } finally {
            lock.unlock();
        }
    }

    private static boolean tracedByAnother(TaskStruct p) {
        return p.ptraceReparented() && p.isThreadGroupLeader();
    }

    private static int taken(boolean trace) {
        return trace ? TaskStruct.EXIT_TRACE : TaskStruct.EXIT_DEAD;
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

    /** {@code wait_consider_task}, of an eligible child: whether it is a zombie that this wait reports. */
    private static boolean reports(WaitOpts wo, boolean ptrace, TaskStruct p, int state) {
        if (state != TaskStruct.EXIT_ZOMBIE || !wo.has(WEXITED) || p.delayGroupLeader()) {
            return false;
        }
        return ptrace || !p.ptraced || !p.ptraceReparented();
    }

    private static boolean eligibleChild(PidNamespace ns, WaitOpts wo, boolean ptrace, TaskStruct p) {
        if (wo.upid() > 0 && p.threadPid.nrNs(ns) != wo.upid()) {
            return false;
        }
        return ptrace || wo.has(WALL) || (p.exitSignal != TaskStruct.SIGCHLD) == wo.has(WCLONE);
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
        boolean trace;
        Lock read = kernel.tasklistLock().readLock();
        read.lock();
        try {
            trace = tracedByAnother(p);
            if (!takeZombie(p, taken(trace))) {
                return false;
            }
        } finally {
            read.unlock();
        }
        release(current, p, trace);
        return true;
    }

    private void release(TaskStruct current, TaskStruct p, boolean trace) {
        if (!trace || tellNaturalParent(current, p)) {
            kernel.exit().releaseTask(current, p);
        }
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

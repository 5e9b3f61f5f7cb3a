package org.jurcu.task;

import org.jurcu.refcount.RefcountWarning;
import org.jurcu.refcount.RefcountWarnings;

/**
 * exit.c: the end of a task. In the order of {@code do_exit}: {@link #exitSignals}, {@link #exitNotify}, {@link
 * Scheduler#finishTaskSwitch the last switch}; and {@link #releaseTask}, by whoever reaps it.
 *
 * <p><b>Usage</b>
 *
 * <pre>{@code
 * import org.jurcu.task.Kernel;
 * import org.jurcu.task.SigchldAction;
 * import org.jurcu.task.TaskStruct;
 *
 * public class Ends {
 *     public static void main(String[] args) {
 *         try (Kernel kernel = Kernel.create("ends")) {
 *             TaskStruct parent = kernel.fork().copyProcess(kernel.init(), 0);
 *             TaskStruct child = kernel.fork().copyProcess(parent, 0);
 *             kernel.exit().doExit(child);
 *             System.out.println(child.exitState() == TaskStruct.EXIT_ZOMBIE); // true: it waits to be reaped
 *             kernel.signals().setSigchldAction(parent, SigchldAction.IGNORE);
 *             TaskStruct unwanted = kernel.fork().copyProcess(parent, 0);
 *             kernel.exit().doExit(unwanted); // nobody will wait for it: it releases itself
 *             System.out.println(unwanted.rcuUsers()); // 1, the scheduler's
 *             kernel.scheduler().doTaskDead(unwanted);
 *             System.out.println(unwanted.rcuUsers()); // 0: a grace period, then it is freed
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p><b>Memory effects.</b> What a task did before {@link #exitNotify} happens-before what its reaper does with it, and before the
 * reuse of its memory.
 *
 * <p><b>Progress.</b> Blocks on tasklist_lock, siglocks and pidmap_lock, each held for a few instructions; on nothing else but in
 * {@link #zapPidNsProcessesAndWait}. Never waits for a grace period: the callbacks run on the domain's reclaimer.
 *
 * <p>Mirrors {@code kernel/exit.c}, {@code zap_pid_ns_processes} of {@code kernel/pid_namespace.c} and {@code __put_task_struct}
 * of {@code kernel/fork.c}.
 */
public class Exit {
    private final Kernel kernel;

    Exit(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * {@code do_exit} up to its last switch: {@link #exitSignals}, then {@link #exitNotify}. What is left is {@link
     * Scheduler#doTaskDead}.
     *
     * @throws IllegalStateException if {@code tsk} exits already, is init or idle, or is the init of a namespace that has
     *     processes
     */
    public void doExit(TaskStruct tsk) {
        exitSignals(tsk);
        exitNotify(tsk);
    }

    /**
     * {@code make_task_dead}: {@code do_exit} of a task that faulted; of one that faulted in {@code do_exit}, nothing that
     * could fault again. Such a task is {@link TaskStruct#EXIT_DEAD} at once, nobody releases it, and an rcu user that
     * nobody drops keeps its memory for good, however often it is switched out: a leak instead of a use after free.
     *
     * <p>What is left is {@link Scheduler#doTaskDead}, as after {@link #doExit}. On {@link TaskLayout#PRE_UNION} there is no
     * such count; there the task sleeps for ever instead, so that it is not to be switched out for the last time.
     */
    public void makeTaskDead(TaskStruct tsk) {
        if (!tsk.exiting()) {
            doExit(tsk);
            return;
        }
        kernel.tracepoints().warn(tsk, "Fixing recursive fault but reboot is needed!");
        tsk.storeExitState(TaskStruct.EXIT_DEAD); // without a lock, as in the kernel
        if (kernel.layout().hasRcuUsers()) {
            tsk.getTaskStructRcuUser();
        }
    }

    /**
     * {@code exit_signals} with what comes before and after it: from here on {@code tsk} is no candidate to reap orphans.
     *
     * @return {@code group_dead}: whether it is the last of its group to get here
     * @throws IllegalStateException if {@code tsk} exits already, was released, or is init or idle
     */
    public boolean exitSignals(TaskStruct tsk) {
        if (tsk == kernel.init() || tsk == kernel.idle()) {
            throw new IllegalStateException("init and idle never exit: fork a child and let that exit");
        }
        SighandStruct sighand = kernel.signals().lockTaskSighand(tsk);
        if (sighand == null) {
            throw new IllegalStateException("a task exits once: " + tsk + " already has");
        }
        try {
            if (tsk.exiting()) {
                throw new IllegalStateException("a task exits once: " + tsk + " already does");
            }
            synchronizeGroupExit(tsk.signal);
            tsk.storeExiting(true);
        } finally {
            sighand.siglock.unlock();
        }
        return tsk.signal.decLiveAndTest();
    }

    /** {@code synchronize_group_exit}: the last thread ends its group. */
    private static void synchronizeGroupExit(SignalStruct signal) {
        if (signal.addQuickThreads(-1) == 0) {
            signal.storeGroupExit();
        }
    }

    /**
     * {@code exit_notify}: gives the children away, becomes a zombie or dead, tells the parent; releases what nobody
     * will wait for, itself included.
     *
     * @throws IllegalStateException if {@code tsk} has not begun to exit or has been here before, or is the init of a
     *     namespace that still has processes: they must exit first ({@link #zapPidNsProcesses})
     */
    public void exitNotify(TaskStruct tsk) {
        if (!tsk.exiting() || tsk.exitState() != 0) {
            throw new IllegalStateException("exit_notify comes once, after exit_signals: " + tsk);
        }
        RwLock tasklist = kernel.tasklistLock();
        tasklist.writeLock();
        try {
            kernel.reparent().forgetOriginalParent(tsk);
            tsk.storeExitState(TaskStruct.EXIT_ZOMBIE);
            if (autoreap(tsk)) {
                tsk.storeExitState(TaskStruct.EXIT_DEAD);
                tsk.addDead(tsk);
            }
            if (tsk.signal.notifyCount() < 0) {
                kernel.exec().wakeGroupExecTask(tsk); // it waits for this leader
            }
        } finally {
            tasklist.writeUnlock();
        }
        releaseAll(tsk);
    }

    /** Releases a dead list: all of it, even if whoever is told of one of them throws. Nobody else ever would. */
    void releaseAll(TaskStruct current) {
        RuntimeException first = null;
        for (TaskStruct p = current.pollDead(); p != null; p = current.pollDead()) {
            try {
                releaseTask(current, p);
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private boolean autoreap(TaskStruct tsk) {
        Signals signals = kernel.signals();
        if (tsk.ptraced()) {
            boolean own = tsk.isThreadGroupLeader() && tsk.threadGroupEmpty() && !tsk.ptraceReparented();
            return signals.doNotifyParent(tsk, tsk, own ? tsk.exitSignal() : TaskStruct.SIGCHLD);
        }
        if (tsk.isThreadGroupLeader()) {
            return tsk.threadGroupEmpty() && signals.doNotifyParent(tsk, tsk, tsk.exitSignal());
        }
        return true;
    }

    /**
     * {@code zap_pid_ns_processes} of a namespace whose init, the last of its group, exits, without its sleep: no process
     * is born there any more, those that live get SIGKILL, those that exit from now on reap themselves, and those that are
     * zombies are reaped.
     *
     * @return whether the namespace is empty but for {@code tsk}, so that {@link #exitNotify} may come; true for a task
     *     that is no such init
     */
    public boolean zapPidNsProcesses(TaskStruct tsk) {
        if (!beginZap(tsk)) {
            return true;
        }
        Wait waits = kernel.waits();
        while (waits.wait4(tsk, -1, Wait.WNOHANG | Wait.WALL) > 0) {
            // kernel_wait4 reaps another
        }
        return isEmptyBut(tsk);
    }

    /**
     * {@link #zapPidNsProcesses} as in the kernel: returns when the namespace is empty. Blocks until whoever runs as its
     * processes has let them see their SIGKILL ({@link Signals#fatalSignalPending}) and exit; each of them must be run by
     * another thread than this.
     *
     * <p>The kernel sleeps inside {@code exit_notify}, with the decision who is the last; this decides on its own. Of an init
     * with threads that exit at once, each may see another that is alive, or the namespace in another's hands, and return
     * while there are processes; {@link #exitNotify} of the last one then refuses. Whoever runs such an init calls this and
     * {@code exitNotify} again: a refusal has changed nothing that the next call does not find.
     */
    public void zapPidNsProcessesAndWait(TaskStruct tsk) {
        if (Lockdep.ON) {
            Lockdep.mightSleep(kernel, "zap_pid_ns_processes");
        }
        if (!beginZap(tsk)) {
            return;
        }
        Wait waits = kernel.waits();
        while (waits.wait4(tsk, -1, Wait.WALL) != -Wait.ECHILD) {
            // kernel_wait4 reaps another
        }
        int own = ownNumbers(tsk);
        kernel.pidmapLock().lock();
        try {
            // Not all are children of this one: tasks that others in the namespace trace are reaped by them.
            while (tsk.activeNs().pidAllocated() > own) {
                kernel.pidsFreed().sleep();
            }
        } finally {
            kernel.pidmapLock().unlock();
        }
    }

    /** Up to the wait; false if {@code tsk} is not the last thread of its namespace's init. */
    private boolean beginZap(TaskStruct tsk) {
        PidNamespace ns = tsk.activeNs();
        RwLock tasklist = kernel.tasklistLock();
        tasklist.readLock();
        try {
            if (ns.childReaper() != tsk || Reparent.findAliveThread(tsk.signal) != null) {
                return false;
            }
        } finally {
            tasklist.readUnlock();
        }
        ns.disablePidAllocation();
        kernel.signals().setSigchldAction(tsk, SigchldAction.IGNORE);
        // A fork that has not seen the ban links its task in before this hold of the lock, or sees it after.
        kernel.rcu().readLock();
        tasklist.readLock();
        try {
            for (Upid n = ns.firstOrNull(); n != null; n = ns.nextOrNull(n)) {
                TaskStruct p = n.pid.task();
                if (n.key() > 1 && p != null && p.signal != tsk.signal) {
                    kernel.signals().sendSigkill(p);
                }
            }
        } finally {
            tasklist.readUnlock();
            kernel.rcu().readUnlock();
        }
        return true;
    }

    private boolean isEmptyBut(TaskStruct tsk) {
        int own = ownNumbers(tsk);
        kernel.pidmapLock().lock();
        try {
            return tsk.activeNs().pidAllocated() <= own;
        } finally {
            kernel.pidmapLock().unlock();
        }
    }

    /** What init itself has of its namespace's numbers: 1, or 2 if its leader, a zombie, is not {@code tsk}. */
    private int ownNumbers(TaskStruct tsk) {
        kernel.tasklistLock().readLock();
        try {
            return tsk.isThreadGroupLeader() ? 1 : 2;
        } finally {
            kernel.tasklistLock().readUnlock();
        }
    }

    /**
     * {@code release_task}: nobody finds {@code p} any more, and its releaser's rcu user goes. A leader that only
     * waited for its last thread goes with it when its parent ignores it.
     *
     * <p>Callers: {@link #exitNotify}, {@link Reparent#forgetOriginalParent}, {@link Wait#waitTaskZombie}, {@link
     * Exec#deThread}, {@link Ptrace#detach}. docs/objection.md says for each what keeps a new reference away.
     *
     * @param current who runs
     */
    public void releaseTask(TaskStruct current, TaskStruct p) {
        release(current, p);
    }

    private void release(TaskStruct current, TaskStruct p) {
        TaskStruct leader;
        kernel.tasklistLock().writeLock();
        try {
            ptraceReleaseTask(p);
            exitSignal(p);
            leader = zapLeader(current, p);
        } finally {
            kernel.tasklistLock().writeUnlock();
        }
        freePids(p);
        try {
            kernel.rules().putReleased(p);
        } finally {
            if (leader != null) {
                release(current, leader);
            }
        }
    }

    /** {@code ptrace_release_task}. */
    private void ptraceReleaseTask(TaskStruct p) {
        if (p.ptraced()) {
            kernel.ptrace().unlink(p);
        }
        if (!p.tracees.isEmpty() || !p.children.isEmpty()) {
            kernel.tracepoints().warn(p, "released with children or tracees");
        }
    }

    /** {@code __exit_signal}: out of the group, and out of every table. */
    private void exitSignal(TaskStruct p) {
        SighandStruct sighand = p.loadAcquireSighand();
        SignalStruct signal = p.signal;
        sighand.siglock.lock();
        try {
            if (!p.isThreadGroupLeader() && signal.notifyCount() > 0) {
                signal.storeNotifyCount(signal.notifyCount() - 1);
                if (signal.notifyCount() == 0) {
                    sighand.groupExecWake.wakeUpAll();
                }
            }
            signal.addNrThreads(-1);
            unhashProcess(p);
            p.releasedLinked = p.isLinked();
            p.storeReleaseSighand(null);
        } finally {
            sighand.siglock.unlock();
        }
        kernel.fork().putSighand(p, sighand);
    }

    /** {@code __unhash_process}: what nothing is attached to any more is put on {@code p}'s list, to be freed later. */
    private static void unhashProcess(TaskStruct p) {
        Pid pid = p.threadPid();
        pid.storeReleaseTask(null);
        if (p.isThreadGroupLeader()) {
            pid.detach();
            Pid pgrp = p.signal.pgrp();
            Pid session = p.signal.session();
            pgrp.detachGroup();
            session.detach();
            if (session != pid) {
                collect(p, session);
            }
            if (pgrp != pid && pgrp != session) {
                collect(p, pgrp);
            }
            p.sibling.del();
        }
        collect(p, pid);
        p.threadNode.del();
    }

    private static void collect(TaskStruct p, Pid pid) {
        if (!pid.isInUse()) {
            pid.nextReleased = p.releasedPids;
            p.releasedPids = pid;
        }
    }

    /** {@code free_pids}, with tasklist_lock dropped. */
    void freePids(TaskStruct p) {
        for (Pid pid = p.releasedPids; pid != null; pid = pid.nextReleased) {
            pid.free();
        }
    }

    /** {@code zap_leader}: the leader that must be released too, or null. */
    private TaskStruct zapLeader(TaskStruct current, TaskStruct p) {
        TaskStruct leader = p.groupLeader();
        if (leader != p
                && leader.exitState() == TaskStruct.EXIT_ZOMBIE
                && leader.threadGroupEmpty()
                && kernel.signals().doNotifyParent(current, leader, leader.exitSignal())) {
            leader.storeExitState(TaskStruct.EXIT_DEAD);
            return leader;
        }
        return null;
    }

    /**
     * {@code delayed_put_task_struct}: a grace period after the last rcu user went, the usage that all of them owned
     * goes. With it go the numbers that {@code release_task} gave back: {@code delayed_put_pid} waits for no more.
     */
    void delayedPutTaskStruct(TaskStruct tsk) {
        kernel.tracepoints().schedProcessFree(tsk);
        delayedPutPids(tsk);
        tsk.putTaskStruct();
    }

    private void delayedPutPids(TaskStruct tsk) {
        Pid pid = tsk.releasedPids;
        tsk.releasedPids = null;
        while (pid != null) {
            Pid next = pid.nextReleased;
            pid.nextReleased = null;
            kernel.fork().putPid(tsk, pid);
            pid = next;
        }
    }

    /**
     * The last usage went: {@code call_rcu(&tsk->rcu, __put_task_struct_rcu_cb)}, a second grace period. The usage that
     * all rcu users own goes last, when the head is in no queue; one that is missed before was put too often, and the
     * task leaks rather than being freed under its users.
     */
    void callPutTaskStructRcuCb(TaskStruct tsk) {
        if (tsk.rcuUsers.changeFunc(RcuUsersSlot.NOT_QUEUED, RcuUsersSlot.PUT_TASK_STRUCT_RCU_CB)) {
            kernel.call(tsk);
        } else {
            RefcountWarnings.report(RefcountWarning.SUB_UAF, tsk.usage, 1);
        }
    }

    /** {@code __put_task_struct_rcu_cb}: a grace period after the last usage went. */
    void putTaskStructRcuCb(TaskStruct tsk) {
        lastPutTaskStruct(tsk);
    }

    /** {@code __put_task_struct} with its WARN_ONs, then the memory. */
    void lastPutTaskStruct(TaskStruct tsk) {
        if (tsk.exitState() == 0) {
            kernel.tracepoints().warn(tsk, "freed although it had not exited");
        }
        if (tsk.usage() != 0) {
            kernel.tracepoints().warn(tsk, "freed although its usage is " + tsk.usage());
        }
        if (tsk.loadAcquireSighand() != null || tsk.releasedLinked) { // not released, or not as it must be
            kernel.tracepoints().warn(tsk, "freed although it is linked to others");
            return; // leaked, rather than that the next task inherits its relatives
        }
        if (tsk.signal != null) { // else it is freed twice, which the slab tells of
            kernel.fork().putSignal(tsk);
        }
        tsk.rcuUsers.free();
        kernel.slab().free(tsk);
    }
}

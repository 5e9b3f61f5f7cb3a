package org.jurcu.task;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Lock;
import org.jurcu.refcount.RefcountWarning;
import org.jurcu.refcount.RefcountWarnings;

/** exit.c: the end of a task. */
public class Exit {
    private final Kernel kernel;

    Exit(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * {@code do_exit} up to its last switch: {@link #exitSignals}, then {@link #exitNotify}. What is left is {@link
     * Scheduler#doTaskDead}.
     */
    public void doExit(TaskStruct tsk) {
        exitSignals(tsk);
        exitNotify(tsk);
    }

    /**
     * {@code exit_signals}: from here on {@code tsk} is no candidate to reap orphans.
     *
     * @return {@code group_dead}: whether it is the last of its group to get here
     */
    public boolean exitSignals(TaskStruct tsk) {
        Lock lock = kernel.tasklistLock().writeLock();
        lock.lock();
        try {
            if (tsk == kernel.init() || tsk == kernel.idle()) {
                throw new IllegalStateException("init and idle never exit: fork a child and let that exit");
            }
            if (tsk.exiting) {
                throw new IllegalStateException("a task exits once: " + tsk + " already does");
            }
            tsk.exiting = true;
            return --tsk.signal.live == 0;
        } finally {
            lock.unlock();
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
        if (!isExiting(tsk) || tsk.exitState() != 0) {
            throw new IllegalStateException("exit_notify comes once, after exit_signals: " + tsk);
        }
        Queue<TaskStruct> dead = new ArrayDeque<>();
        Lock lock = kernel.tasklistLock().writeLock();
        lock.lock();
        try {
            kernel.reparent().forgetOriginalParent(tsk, dead);
            tsk.storeExitState(TaskStruct.EXIT_ZOMBIE);
            if (autoreap(tsk)) {
                tsk.storeExitState(TaskStruct.EXIT_DEAD);
                dead.add(tsk);
            }
        } finally {
            lock.unlock();
        }
        releaseAll(tsk, dead);
    }

    /** Releases a dead list: all of it, even if whoever is told of one of them throws. Nobody else ever would. */
    void releaseAll(TaskStruct current, Queue<TaskStruct> dead) {
        RuntimeException first = null;
        for (TaskStruct p = dead.poll(); p != null; p = dead.poll()) {
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

    private boolean isExiting(TaskStruct tsk) {
        kernel.tasklistLock().readLock().lock();
        try {
            return tsk.exiting;
        } finally {
            kernel.tasklistLock().readLock().unlock();
        }
    }

    private boolean autoreap(TaskStruct tsk) {
        Signals signals = kernel.signals();
        if (tsk.ptraced) {
            boolean own = tsk.isThreadGroupLeader() && tsk.threadGroupEmpty() && !tsk.ptraceReparented();
            return signals.doNotifyParent(tsk, tsk, own ? tsk.exitSignal : TaskStruct.SIGCHLD);
        }
        if (tsk.isThreadGroupLeader()) {
            return tsk.threadGroupEmpty() && signals.doNotifyParent(tsk, tsk, tsk.exitSignal);
        }
        return true;
    }

    /**
     * {@code zap_pid_ns_processes} of a namespace whose init, the last of its group, exits: no process is born there
     * any more, those that exit from now on reap themselves, and those that are zombies are reaped.
     *
     * @return whether the namespace is empty but for {@code tsk}; true for a task that is no such init
     */
    public boolean zapPidNsProcesses(TaskStruct tsk) {
        PidNamespace ns;
        Lock lock = kernel.tasklistLock().writeLock();
        lock.lock();
        try {
            ns = Fork.activeNs(tsk);
            if (ns.childReaper != tsk || Reparent.findAliveThread(tsk.signal) != null) {
                return true;
            }
            ns.dying = true;
            tsk.sighand.sigchld = SigchldAction.IGNORE;
        } finally {
            lock.unlock();
        }
        Wait waits = kernel.waits();
        while (waits.wait4(tsk, -1, Wait.WNOHANG | Wait.WALL) > 0) {
            // kernel_wait4 reaps another
        }
        lock.lock();
        try {
            return ns.pidAllocated == tsk.signal.nrThreads;
        } finally {
            lock.unlock();
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
        Lock lock = kernel.tasklistLock().writeLock();
        lock.lock();
        try {
            leader = unhashProcess(current, p);
        } finally {
            lock.unlock();
        }
        try {
            kernel.rules().putReleased(p);
        } finally {
            if (leader != null) {
                release(current, leader);
            }
        }
    }

    /** {@code __exit_signal}: the leader that must be released too, or null. */
    private TaskStruct unhashProcess(TaskStruct current, TaskStruct p) {
        if (p.ptraced) {
            kernel.ptrace().unlink(p);
        }
        if (!p.tracees.isEmpty() || !p.children.isEmpty()) {
            kernel.tracepoints().warn(p, "released with children or tracees");
        }
        p.signal.nrThreads--;
        kernel.pids().detach(p.pid());
        p.threadPid.free();
        p.sibling.del();
        p.threadNode.del();
        p.storeReleaseSighand(null);
        TaskStruct leader = p.groupLeader;
        if (leader != p
                && leader.exitState() == TaskStruct.EXIT_ZOMBIE
                && leader.threadGroupEmpty()
                && kernel.signals().doNotifyParent(current, leader, leader.exitSignal)) {
            leader.storeExitState(TaskStruct.EXIT_DEAD);
            return leader;
        }
        return null;
    }

    /**
     * {@code delayed_put_task_struct}: a grace period after the last rcu user went, the usage that all of them owned
     * goes.
     */
    void delayedPutTaskStruct(TaskStruct tsk) {
        kernel.tracepoints().schedProcessFree(tsk);
        tsk.putTaskStruct();
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
        if (tsk.isLinked()) {
            kernel.tracepoints().warn(tsk, "freed although it is linked to others");
            return; // leaked, rather than that the next task inherits its relatives
        }
        tsk.rcuUsers.free();
        kernel.slab().free(tsk);
    }
}

package org.jurcu.task;

/** exec.c: a thread that execs takes its leader's place. */
public class Exec {
    private final Kernel kernel;

    Exec(Kernel kernel) {
        this.kernel = kernel;
    }

    /** {@code begin_new_exec}: {@link #deThread}, then the signal actions of a new program. */
    public final void beginNewExec(TaskStruct tsk) {
        deThread(tsk);
        unshareSighand(tsk);
        flushSignalHandlers(tsk);
    }

    /** {@code unshare_sighand}: another process may share them still. */
    private void unshareSighand(TaskStruct tsk) {
        SighandStruct old = tsk.loadAcquireSighand();
        if (old.count.read() == 1) {
            return;
        }
        kernel.tasklistLock().writeLock();
        try {
            old.siglock.lock();
            try {
                SighandStruct fresh = kernel.fork().newSighand(tsk, old.sigchld());
                tsk.signal.storeSighand(fresh);
                tsk.storeReleaseSighand(fresh);
            } finally {
                old.siglock.unlock();
            }
        } finally {
            kernel.tasklistLock().writeUnlock();
        }
        kernel.fork().putSighand(tsk, old);
    }

    /** {@code flush_signal_handlers}: only SIG_IGN survives. */
    private static void flushSignalHandlers(TaskStruct tsk) {
        SighandStruct sighand = tsk.loadAcquireSighand();
        sighand.siglock.lock();
        try {
            if (sighand.sigchld() != SigchldAction.IGNORE) {
                sighand.storeSigchld(SigchldAction.DEFAULT);
            }
        } finally {
            sighand.siglock.unlock();
        }
    }

    /**
     * {@code de_thread} without its sleep: leaves {@code tsk} alone in its group. One that is not the leader takes the
     * leader's number, place and parent's eye, and releases it.
     *
     * @throws IllegalStateException if other threads of the group have not been released yet, or the leader has not
     *     exited: the kernel would sleep here until they have ({@link #deThreadKillable}). Nothing has changed then
     */
    public final void deThread(TaskStruct tsk) {
        SighandStruct sighand = lockExecable(tsk);
        TaskStruct leader;
        try {
            leader = tsk.groupLeader();
            int others = tsk.signal.nrThreads() - (leader == tsk ? 1 : 2);
            if (others != 0) {
                throw new IllegalStateException(
                        "exec leaves its thread alone in the group: " + others + " other threads must exit first");
            }
            if (leader == tsk) {
                return;
            }
            if (leader.exitState() == 0) {
                throw new IllegalStateException(
                        "exec by a thread takes its leader's place: the leader must exit first");
            }
            begin(tsk, leader);
        } finally {
            sighand.siglock.unlock();
        }
        takeLeadersPlace(tsk, leader);
    }

    /**
     * {@code de_thread}: kills the other threads of the group and returns when {@code tsk} is alone in it, in its leader's
     * place. Blocks until whoever runs as the others has let them see their SIGKILL and exit; each of them must be run by
     * another thread than this.
     *
     * @throws IllegalStateException if the group exits or another of its threads execs already (EAGAIN), before this begins
     *     or while it waits
     */
    public final void deThreadKillable(TaskStruct tsk) {
        if (Lockdep.ON) {
            Lockdep.mightSleep(kernel, "de_thread");
        }
        TaskStruct leader;
        if (!zapOtherThreads(tsk)) {
            return;
        }
        SighandStruct sighand = tsk.loadAcquireSighand(); // its group's, until it unshares it
        sighand.siglock.lock();
        try {
            leader = tsk.groupLeader();
            while (tsk.signal.notifyCount() != 0 && !tsk.killed()) {
                sighand.groupExecWake.sleep();
            }
        } finally {
            sighand.siglock.unlock();
        }
        if (!tsk.killed() && leader != tsk) {
            awaitLeader(tsk, leader, sighand);
        }
        if (tsk.killed()) {
            giveUp(tsk);
        }
        if (leader == tsk) {
            end(tsk);
        } else {
            takeLeadersPlace(tsk, leader);
        }
    }

    /**
     * The beginning of {@code de_thread} with its {@code zap_other_threads}: the group belongs to {@code tsk}'s exec, the
     * others have SIGKILL pending, and {@code notify_count} says how many releases there are to wait for.
     *
     * @return false if {@code tsk} is alone already
     */
    final boolean zapOtherThreads(TaskStruct tsk) {
        SighandStruct sighand = lockExecable(tsk);
        try {
            SignalStruct signal = tsk.signal;
            TaskStruct leader = tsk.groupLeader();
            if (leader == tsk && signal.nrThreads() == 1) {
                return false;
            }
            begin(tsk, leader);
            for (TaskStruct t = signal.threads.first(); t != null; t = signal.threads.after(t.threadNode)) {
                if (t != tsk && t.exitState() == 0) {
                    t.storeKilled(true);
                }
            }
            signal.wakeUpParent(); // those that sleep in a wait call see it
            return true;
        } finally {
            sighand.siglock.unlock();
        }
    }

    private SighandStruct lockExecable(TaskStruct tsk) {
        SighandStruct sighand = kernel.signals().lockTaskSighand(tsk);
        if (sighand == null || tsk.exiting()) {
            if (sighand != null) {
                sighand.siglock.unlock();
            }
            throw new IllegalStateException("a task that exits runs no other program: " + tsk);
        }
        if (tsk.signal.groupExit() || tsk.signal.groupExecTask() != null) {
            sighand.siglock.unlock();
            throw new IllegalStateException(
                    "EAGAIN: the group exits, or another of its threads execs; let this one exit: " + tsk);
        }
        return sighand;
    }

    private static void begin(TaskStruct tsk, TaskStruct leader) {
        SignalStruct signal = tsk.signal;
        signal.storeGroupExecTask(tsk);
        signal.storeNotifyCount(signal.nrThreads() - (leader == tsk ? 1 : 2)); // the leader only becomes a zombie
    }

    /** Sleeps until the leader has exited, or {@code tsk} is killed. */
    private void awaitLeader(TaskStruct tsk, TaskStruct leader, SighandStruct sighand) {
        kernel.tasklistLock().writeLock();
        try {
            tsk.signal.storeNotifyCount(-1); // under this lock, so that exit_notify cannot miss it
        } finally {
            kernel.tasklistLock().writeUnlock();
        }
        sighand.siglock.lock();
        try {
            while (leader.exitState() == 0 && !tsk.killed()) {
                sighand.groupExecWake.sleep();
            }
        } finally {
            sighand.siglock.unlock();
        }
    }

    /** {@code exit_notify} of a leader for whom exec waits; under tasklist_lock. */
    final void wakeGroupExecTask(TaskStruct leader) {
        SighandStruct sighand = leader.loadAcquireSighand();
        sighand.siglock.lock();
        try {
            sighand.groupExecWake.wakeUpAll();
        } finally {
            sighand.siglock.unlock();
        }
    }

    private void giveUp(TaskStruct tsk) {
        kernel.tasklistLock().readLock(); // as in the kernel: exit_notify and release_task must not see half of it
        try {
            end(tsk);
        } finally {
            kernel.tasklistLock().readUnlock();
        }
        throw new IllegalStateException("EAGAIN: exec was killed while it waited; let the task exit: " + tsk);
    }

    private static void end(TaskStruct tsk) {
        SighandStruct sighand = tsk.loadAcquireSighand();
        sighand.siglock.lock();
        try {
            tsk.signal.storeGroupExecTask(null);
            tsk.signal.storeNotifyCount(0);
        } finally {
            sighand.siglock.unlock();
        }
    }

    final void takeLeadersPlace(TaskStruct tsk, TaskStruct leader) {
        kernel.tasklistLock().writeLock();
        try {
            if (leader.exitState() != TaskStruct.EXIT_ZOMBIE) {
                kernel.tracepoints().warn(leader, "exec takes the place of a leader that is no zombie");
            }
            takePlace(tsk, leader);
        } finally {
            kernel.tasklistLock().writeUnlock();
        }
        kernel.exit().releaseTask(tsk, leader);
        end(tsk);
    }

    private void takePlace(TaskStruct tsk, TaskStruct leader) {
        exchangeTids(tsk, leader);
        leader.sibling.replaceBy(tsk.sibling);
        tsk.storeGroupLeader(tsk);
        leader.storeGroupLeader(tsk);
        tsk.storeExitSignal(TaskStruct.SIGCHLD); // transfer_pid: TGID, PGID and SID are now this one's to detach
        leader.storeExitSignal(TaskStruct.NO_EXIT_SIGNAL);
        leader.storeExitState(TaskStruct.EXIT_DEAD);
        if (leader.ptraced()) {
            leader.parent().signal.wakeUpParent(); // its tracer will not find it any more
        }
    }

    /** Where a test looks in between. */
    void betweenTids(TaskStruct tsk, TaskStruct leader) {}

    /** {@code exchange_tids}: a lookup of either number finds one of the two at every moment. */
    private void exchangeTids(TaskStruct tsk, TaskStruct leader) {
        Pid pid = leader.threadPid();
        leader.storeThreadPid(tsk.threadPid());
        tsk.storeThreadPid(pid);
        leader.storePid(leader.threadPid().nr());
        tsk.storePid(pid.nr());
        pid.storeReleaseTask(tsk);
        betweenTids(tsk, leader);
        leader.threadPid().storeReleaseTask(leader);
    }
}

package org.jurcu.task;

import java.util.concurrent.locks.Lock;

/** exec.c: a thread that execs takes its leader's place. */
public final class Exec {
    private final Kernel kernel;

    Exec(Kernel kernel) {
        this.kernel = kernel;
    }

    /** {@code begin_new_exec}: {@link #deThread}, then the signal actions of a new program. */
    public void beginNewExec(TaskStruct tsk) {
        deThread(tsk);
        Lock lock = kernel.tasklistLock().writeLock();
        lock.lock();
        try {
            // unshare_sighand and flush_signal_handlers: only SIG_IGN survives
            boolean ignored = tsk.sighand.sigchld == SigchldAction.IGNORE;
            tsk.storeReleaseSighand(new SighandStruct(ignored ? SigchldAction.IGNORE : SigchldAction.DEFAULT));
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@code de_thread}: leaves {@code tsk} alone in its group. One that is not the leader takes the leader's number,
     * place and parent's eye, and releases it.
     *
     * @throws IllegalStateException if other threads of the group have not been released yet, or the leader has not
     *     exited: the kernel would sleep here until they have
     */
    public void deThread(TaskStruct tsk) {
        TaskStruct leader;
        Lock lock = kernel.tasklistLock().writeLock();
        lock.lock();
        try {
            if (tsk.exiting) {
                throw new IllegalStateException("a task that exits runs no other program: " + tsk);
            }
            leader = tsk.groupLeader;
            int others = tsk.signal.nrThreads - (leader == tsk ? 1 : 2);
            if (others != 0) {
                throw new IllegalStateException(
                        "exec leaves its thread alone in the group: " + others + " other threads must exit first");
            }
            if (leader == tsk) {
                return;
            }
            if (leader.exitState() != TaskStruct.EXIT_ZOMBIE) {
                throw new IllegalStateException(
                        "exec by a thread takes its leader's place: the leader must exit first");
            }
            takePlace(tsk, leader);
        } finally {
            lock.unlock();
        }
        kernel.exit().releaseTask(tsk, leader);
    }

    private void takePlace(TaskStruct tsk, TaskStruct leader) {
        exchangeTids(tsk, leader);
        leader.sibling.replaceBy(tsk.sibling);
        tsk.groupLeader = tsk;
        leader.groupLeader = tsk;
        tsk.exitSignal = TaskStruct.SIGCHLD;
        leader.exitSignal = TaskStruct.NO_EXIT_SIGNAL;
        leader.storeExitState(TaskStruct.EXIT_DEAD);
        if (leader.ptraced) {
            kernel.waits().wakeUpParent(); // its tracer will not find it any more
        }
    }

    /** {@code exchange_tids}: a lookup of either number finds one of the two at every moment. */
    private void exchangeTids(TaskStruct tsk, TaskStruct leader) {
        Pid pid = leader.threadPid;
        leader.threadPid = tsk.threadPid;
        tsk.threadPid = pid;
        leader.storePid(leader.threadPid.nr());
        tsk.storePid(tsk.threadPid.nr());
        kernel.pids().attach(tsk.pid(), tsk);
        kernel.pids().attach(leader.pid(), leader);
    }
}

package org.jurcu.task;

import java.util.Queue;
import java.util.concurrent.locks.Lock;

/** exit.c: where the children of a task go that exits. All of it under tasklist_lock. */
final class Reparent {
    private final Kernel kernel;

    Reparent(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * {@code forget_original_parent}.
     *
     * @param dead receives tasks that the caller must release after it has dropped the lock
     */
    void forgetOriginalParent(TaskStruct father, Queue<TaskStruct> dead) {
        exitPtrace(father, dead);
        TaskStruct reaper = findChildReaper(father, dead);
        if (father.children.isEmpty()) {
            return;
        }
        reaper = findNewReaper(father, reaper);
        for (TaskStruct p = father.children.first(); p != null; p = father.children.first()) {
            for (TaskStruct t = p.signal.threads.first(); t != null; t = p.signal.threads.after(t.threadNode)) {
                t.realParent = reaper;
                if (!t.ptraced) {
                    t.parent = reaper;
                }
            }
            if (reaper.signal != father.signal) {
                reparentLeader(father, p, dead);
            }
            p.sibling.del();
            reaper.children.addTail(p.sibling);
        }
    }

    private void exitPtrace(TaskStruct tracer, Queue<TaskStruct> dead) {
        for (TaskStruct p = tracer.tracees.first(); p != null; p = tracer.tracees.first()) {
            if (kernel.ptrace().detachLocked(tracer, p)) {
                dead.add(p);
            }
        }
    }

    /** A child that changes hands is told of again, if it is a zombie. */
    private void reparentLeader(TaskStruct father, TaskStruct p, Queue<TaskStruct> dead) {
        if (p.exitState() == TaskStruct.EXIT_DEAD) {
            return;
        }
        p.exitSignal = TaskStruct.SIGCHLD;
        if (!p.ptraced
                && p.exitState() == TaskStruct.EXIT_ZOMBIE
                && p.threadGroupEmpty()
                && kernel.signals().doNotifyParent(father, p, p.exitSignal)) {
            p.storeExitState(TaskStruct.EXIT_DEAD);
            dead.add(p);
        }
    }

    /**
     * {@code find_child_reaper}. The last thread of a namespace's init drops the lock, releases what it traced and found
     * dead, and empties the namespace.
     *
     * @throws IllegalStateException if processes of the namespace have not exited yet: the kernel would kill them and
     *     sleep here
     */
    private TaskStruct findChildReaper(TaskStruct father, Queue<TaskStruct> dead) {
        PidNamespace ns = Fork.activeNs(father);
        if (ns.childReaper != father) {
            return ns.childReaper;
        }
        TaskStruct thread = findAliveThread(father.signal);
        if (thread != null) {
            ns.childReaper = thread;
            return thread;
        }
        Lock lock = kernel.tasklistLock().writeLock();
        lock.unlock();
        try {
            kernel.exit().releaseAll(father, dead);
            if (!kernel.exit().zapPidNsProcesses(father)) {
                throw new IllegalStateException("the init of a pid namespace is told of only after every process in it"
                        + " has been released: let them exit first");
            }
        } finally {
            lock.lock();
        }
        return father;
    }

    private TaskStruct findNewReaper(TaskStruct father, TaskStruct childReaper) {
        TaskStruct thread = findAliveThread(father.signal);
        if (thread != null) {
            return thread;
        }
        if (father.signal.hasChildSubreaper) {
            int level = Fork.activeNs(father).level;
            for (TaskStruct r = father.realParent; r != kernel.idle(); r = r.realParent) {
                if (Fork.activeNs(r).level != level || r == kernel.init()) {
                    break;
                }
                if (r.signal.isChildSubreaper) {
                    thread = findAliveThread(r.signal);
                    if (thread != null) {
                        return thread;
                    }
                }
            }
        }
        return childReaper;
    }

    /** {@code find_alive_thread}: one that has not begun to exit, or null. */
    static TaskStruct findAliveThread(SignalStruct signal) {
        for (TaskStruct t = signal.threads.first(); t != null; t = signal.threads.after(t.threadNode)) {
            if (!t.exiting) {
                return t;
            }
        }
        return null;
    }
}

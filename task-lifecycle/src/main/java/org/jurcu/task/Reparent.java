package org.jurcu.task;

/** exit.c: where the children of a task go that exits. All of it under tasklist_lock for writing, but for a question. */
final class Reparent {
    private final Kernel kernel;

    Reparent(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * {@code forget_original_parent}. Tasks that nobody will wait for come on {@code father}'s dead list: its caller must
     * release them after it has dropped the lock.
     */
    void forgetOriginalParent(TaskStruct father) {
        exitPtrace(father);
        TaskStruct reaper = findChildReaper(father);
        if (father.children.isEmpty()) {
            return;
        }
        reaper = findNewReaper(father, reaper);
        for (TaskStruct p = father.children.first(); p != null; p = father.children.first()) {
            for (TaskStruct t = p.signal.threads.first(); t != null; t = p.signal.threads.after(t.threadNode)) {
                t.storeRealParent(reaper);
                if (!t.ptraced()) {
                    t.storeParent(reaper);
                }
            }
            if (reaper.signal != father.signal) {
                reparentLeader(father, p);
            }
            p.sibling.del();
            reaper.children.addTail(p.sibling);
            kernel.tracepoints().reparent(p, reaper);
        }
    }

    private void exitPtrace(TaskStruct tracer) {
        for (TaskStruct p = tracer.tracees.first(); p != null; p = tracer.tracees.first()) {
            if (p.exitKill()) {
                kernel.signals().sendSigkill(p);
            }
            if (kernel.ptrace().detachLocked(tracer, p)) {
                tracer.addDead(p);
            }
        }
    }

    /** A child that changes hands is told of again, if it is a zombie. */
    private void reparentLeader(TaskStruct father, TaskStruct p) {
        if (p.exitState() == TaskStruct.EXIT_DEAD) {
            return;
        }
        p.storeExitSignal(TaskStruct.SIGCHLD);
        if (!p.ptraced()
                && p.exitState() == TaskStruct.EXIT_ZOMBIE
                && p.threadGroupEmpty()
                && kernel.signals().doNotifyParent(father, p, p.exitSignal())) {
            p.storeExitState(TaskStruct.EXIT_DEAD);
            father.addDead(p);
        }
    }

    /**
     * {@code find_child_reaper}. The last thread of a namespace's init drops the lock, releases what it traced and found
     * dead, and empties the namespace.
     *
     * @throws IllegalStateException if processes of the namespace have not exited yet: the kernel would kill them and
     *     sleep here
     */
    private TaskStruct findChildReaper(TaskStruct father) {
        PidNamespace ns = father.activeNs();
        if (ns.childReaper() != father) {
            return ns.childReaper();
        }
        TaskStruct thread = findAliveThread(father.signal);
        if (thread != null) {
            ns.storeChildReaper(thread);
            return thread;
        }
        kernel.tasklistLock().writeUnlock();
        try {
            kernel.exit().releaseAll(father);
            if (!kernel.exit().zapPidNsProcesses(father)) {
                throw new IllegalStateException("the init of a pid namespace is told of only after every process in it"
                        + " has been released: let them exit first");
            }
        } finally {
            kernel.tasklistLock().writeLock();
        }
        return father;
    }

    /** To whom the children of {@code father} would go. For a reader of tasklist_lock. */
    TaskStruct reaperOf(TaskStruct father) {
        return findNewReaper(father, father.activeNs().childReaper());
    }

    /** {@link Kernel#zombiesToldOf}, for a reader of tasklist_lock. */
    int zombiesToldOf(TaskStruct father, TaskStruct to) {
        if ((father.children.isEmpty() && father.tracees.isEmpty()) || hearsNothing(to)) {
            return 0;
        }
        boolean keepsTracees = !Ptrace.ignoringChildren(father); // else its own are released
        int n = 0;
        for (TaskStruct p = father.tracees.first(); p != null; p = father.tracees.after(p.ptraceEntry)) {
            if (isLoneZombie(p) && p.realParent().signal == to.signal) {
                n++;
            } else if (isLastBesideLeader(father, p) && heirOf(father, p.groupLeader()).signal == to.signal) {
                n++;
            }
        }
        if (reaperOf(father).signal == to.signal) {
            for (TaskStruct p = father.children.first(); p != null; p = father.children.after(p.sibling)) {
                if (isLoneZombie(p) && (!p.ptraced() || (keepsTracees && p.parent() == father))) {
                    n++;
                }
            }
        }
        return n;
    }

    /** It ignores SIGCHLD, or was released. */
    private boolean hearsNothing(TaskStruct task) {
        SighandStruct sighand = kernel.signals().lockTaskSighand(task);
        if (sighand == null) {
            return true;
        }
        try {
            return sighand.sigchld() == SigchldAction.IGNORE;
        } finally {
            sighand.siglock.unlock();
        }
    }

    private static boolean isLoneZombie(TaskStruct p) {
        return p.exitState() == TaskStruct.EXIT_ZOMBIE && p.threadGroupEmpty();
    }

    /** The release of {@code p}, which {@code father} lets go, leaves its leader, who has ended, alone: {@code zap_leader}. */
    private static boolean isLastBesideLeader(TaskStruct father, TaskStruct p) {
        TaskStruct leader = p.groupLeader();
        if (leader == p || leader.exitState() != TaskStruct.EXIT_ZOMBIE) {
            return false;
        }
        TaskStruct last = leader;
        for (TaskStruct t = p.signal.threads.first(); t != null; t = p.signal.threads.after(t.threadNode)) {
            if (t != leader) {
                if (t.exitState() != TaskStruct.EXIT_ZOMBIE || !t.ptraced() || t.parent() != father) {
                    return false;
                }
                last = t;
            }
        }
        return last == p;
    }

    /** Who is told of {@code leader} once {@code father} has let go of its children and tracees. */
    private TaskStruct heirOf(TaskStruct father, TaskStruct leader) {
        if (leader.ptraced() && leader.parent() != father) {
            return leader.parent();
        }
        return leader.realParent() == father ? reaperOf(father) : leader.realParent();
    }

    private TaskStruct findNewReaper(TaskStruct father, TaskStruct childReaper) {
        TaskStruct thread = findAliveThread(father.signal);
        if (thread != null) {
            return thread;
        }
        if (father.signal.hasChildSubreaper()) {
            int level = father.activeNs().level;
            for (TaskStruct r = father.realParent(); r != kernel.idle(); r = r.realParent()) {
                if (r.activeNs().level != level || r == kernel.init()) {
                    break;
                }
                if (r.signal.isChildSubreaper()) {
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
            if (!t.exiting()) {
                return t;
            }
        }
        return null;
    }
}

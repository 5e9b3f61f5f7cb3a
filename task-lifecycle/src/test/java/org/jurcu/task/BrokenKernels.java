package org.jurcu.task;

import java.util.concurrent.atomic.AtomicReference;

/** Kernels that are broken on purpose, each at one place: what the audit must catch. */
public final class BrokenKernels {
    private BrokenKernels() {}

    /** finish_task_switch forgets the scheduler's rcu user of every task. */
    public static Kernel putForgotten(int cpus, Tracepoints tracepoints) {
        return new Kernel("broken", cpus, TaskLayout.TAGGED, tracepoints) {
            @Override
            Scheduler newScheduler(int n) {
                return new Scheduler(this, n) {
                    @Override
                    void finishTaskSwitch(TaskStruct prev) {
                        prev.dead = true;
                    }
                };
            }
        };
    }

    /** finish_task_switch drops the scheduler's rcu user twice. */
    public static Kernel putTooMany(int cpus, Tracepoints tracepoints) {
        return new Kernel("broken", cpus, TaskLayout.TAGGED, tracepoints) {
            @Override
            Scheduler newScheduler(int n) {
                return new Scheduler(this, n) {
                    @Override
                    void finishTaskSwitch(TaskStruct prev) {
                        super.finishTaskSwitch(prev);
                        prev.putTaskStructRcuUser();
                    }
                };
            }
        };
    }

    /** call_rcu runs its callback at once. */
    public static Kernel freeWithoutGracePeriod(int cpus, Tracepoints tracepoints) {
        return new Kernel("broken", cpus, TaskLayout.TAGGED, tracepoints) {
            @Override
            void defer(TaskStruct task) {
                task.rcu.invoke();
            }
        };
    }

    /** Memory goes back without the second grace period. */
    public static Kernel memoryWithoutGracePeriod(int cpus, Tracepoints tracepoints) {
        return new Kernel("broken", cpus, TaskLayout.TAGGED, tracepoints) {
            @Override
            Exit newExit() {
                return new Exit(this) {
                    @Override
                    void callPutTaskStructRcuCb(TaskStruct tsk) {
                        tsk.rcuUsers.changeFunc(RcuUsersSlot.NOT_QUEUED, RcuUsersSlot.PUT_TASK_STRUCT_RCU_CB);
                        putTaskStructRcuCb(tsk);
                    }
                };
            }
        };
    }

    /** wait_task_zombie does not look whether another reaper has the zombie, and there is another. */
    public static Kernel zombieTakenTwice(int cpus, Tracepoints tracepoints) {
        return new Kernel("broken", cpus, TaskLayout.TAGGED, tracepoints) {
            @Override
            Exit newExit() {
                return new Exit(this) {
                    @Override
                    public void releaseTask(TaskStruct current, TaskStruct p) {
                        boolean reaped = current != p && p.exitState() == TaskStruct.EXIT_DEAD;
                        super.releaseTask(current, p);
                        if (reaped) {
                            p.putTaskStructRcuUser(); // the second reaper's release
                        }
                    }
                };
            }
        };
    }

    /** release_task does not give the numbers of every second slot's tasks back. */
    public static Kernel pidLeaked(int cpus, Tracepoints tracepoints) {
        return new Kernel("broken", cpus, TaskLayout.TAGGED, tracepoints) {
            @Override
            Exit newExit() {
                return new Exit(this) {
                    @Override
                    void freePids(TaskStruct p) {
                        if ((p.index & 1) == 0) {
                            super.freePids(p);
                        }
                    }
                };
            }
        };
    }

    /**
     * Whoever drops the last usage finds memory that somebody has freed before. It did not reach the slab: what two tasks in
     * one slot do to each other would not be the same twice.
     */
    public static Kernel freedTwice(int cpus, Tracepoints tracepoints) {
        return new Kernel("broken", cpus, TaskLayout.TAGGED, tracepoints) {
            @Override
            Exit newExit() {
                return new Exit(this) {
                    @Override
                    void lastPutTaskStruct(TaskStruct tsk) {
                        if ((tsk.index & 1) == 0) {
                            fork().putSignal(tsk);
                            tsk.poison();
                        }
                        super.lastPutTaskStruct(tsk);
                    }
                };
            }
        };
    }

    /** Every task is kept by a usage that nobody gives back. */
    public static Kernel usageLeaked(int cpus, Tracepoints tracepoints) {
        return new Kernel("broken", cpus, TaskLayout.TAGGED, tracepoints) {
            @Override
            Scheduler newScheduler(int n) {
                return new Scheduler(this, n) {
                    @Override
                    void finishTaskSwitch(TaskStruct prev) {
                        prev.getTaskStruct();
                        super.finishTaskSwitch(prev);
                    }
                };
            }
        };
    }

    /**
     * On the union, every second task is incremented late: after its final put, when another callback is behind its own and
     * neither has run. A reader would do that who had found the task just before and was then delayed.
     */
    public static Kernel unionIncrementedLate(int cpus, Tracepoints tracepoints) {
        return new Kernel("broken", cpus, TaskLayout.UNION, tracepoints) {
            private final AtomicReference<TaskStruct> waiting = new AtomicReference<>();

            @Override
            void defer(TaskStruct task) {
                TaskStruct first = waiting.getAndSet(null);
                if (first == null) {
                    waiting.set(
                            task); // until the next one comes; of two at the same time one is lost, and broken it is
                    return;
                }
                rcu().readLock(); // no grace period ends
                try {
                    super.defer(first);
                    super.defer(task);
                    first.tryGetTaskStructRcuUser();
                } finally {
                    rcu().readUnlock();
                }
            }
        };
    }
}

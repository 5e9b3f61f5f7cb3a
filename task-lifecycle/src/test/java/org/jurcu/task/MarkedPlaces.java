package org.jurcu.task;

import java.util.function.BiFunction;

/**
 * Ten places of the kernel at which a count can go wrong, and for each a kernel in which it does: the table in
 * docs/replay.md. Every second task is hit, so that the others show that the kernel goes on.
 */
public enum MarkedPlaces {
    /** The scheduler's user is not dropped. */
    FINISH_TASK_SWITCH_FORGETS("Scheduler.finishTaskSwitch", 0) {
        @Override
        Kernel broken(int cpus, Tracepoints tracepoints, CountHistory history) {
            return withScheduler(cpus, tracepoints, history, (kernel, n) -> new Scheduler(kernel, n) {
                @Override
                void finishTaskSwitch(TaskStruct prev) {
                    if (isHit(prev)) {
                        prev.dead = true;
                    } else {
                        super.finishTaskSwitch(prev);
                    }
                }
            });
        }
    },
    /** The scheduler's user is dropped twice. */
    FINISH_TASK_SWITCH_TWICE("Scheduler.finishTaskSwitch", 2) {
        @Override
        Kernel broken(int cpus, Tracepoints tracepoints, CountHistory history) {
            return withScheduler(cpus, tracepoints, history, (kernel, n) -> new Scheduler(kernel, n) {
                @Override
                void finishTaskSwitch(TaskStruct prev) {
                    boolean hit = isHit(prev);
                    super.finishTaskSwitch(prev);
                    if (hit) {
                        prev.putTaskStructRcuUser();
                    }
                }
            });
        }
    },
    /** The releaser's user is dropped twice: a second reaper. */
    RELEASE_TASK_TWICE("Exit.releaseTask", 2) {
        @Override
        Kernel broken(int cpus, Tracepoints tracepoints, CountHistory history) {
            return withExit(cpus, tracepoints, history, kernel -> new Exit(kernel) {
                @Override
                public void releaseTask(TaskStruct current, TaskStruct p) {
                    boolean hit = isHit(p);
                    super.releaseTask(current, p);
                    if (hit) {
                        p.putTaskStructRcuUser();
                    }
                }
            });
        }
    },
    /** A user is dropped where the end begins: the task may go while it still runs. */
    EXIT_SIGNALS_DROPS("Exit.exitSignals", 1) {
        @Override
        Kernel broken(int cpus, Tracepoints tracepoints, CountHistory history) {
            return withExit(cpus, tracepoints, history, kernel -> new Exit(kernel) {
                @Override
                public boolean exitSignals(TaskStruct tsk) {
                    boolean last = super.exitSignals(tsk);
                    if (isHit(tsk)) {
                        tsk.putTaskStructRcuUser();
                    }
                    return last;
                }
            });
        }
    },
    /** The usage that all users owned together is not dropped. */
    DELAYED_PUT_FORGETS("Exit.delayedPutTaskStruct", 0) {
        @Override
        Kernel broken(int cpus, Tracepoints tracepoints, CountHistory history) {
            return withExit(cpus, tracepoints, history, kernel -> new Exit(kernel) {
                @Override
                void delayedPutTaskStruct(TaskStruct tsk) {
                    if (isHit(tsk)) {
                        kernel.tracepoints().schedProcessFree(tsk);
                    } else {
                        super.delayedPutTaskStruct(tsk);
                    }
                }
            });
        }
    },
    /** That usage is dropped twice. */
    DELAYED_PUT_TWICE("Exit.delayedPutTaskStruct", 2) {
        @Override
        Kernel broken(int cpus, Tracepoints tracepoints, CountHistory history) {
            return withExit(cpus, tracepoints, history, kernel -> new Exit(kernel) {
                @Override
                void delayedPutTaskStruct(TaskStruct tsk) {
                    boolean hit = isHit(tsk);
                    super.delayedPutTaskStruct(tsk);
                    if (hit) {
                        tsk.putTaskStruct();
                    }
                }
            });
        }
    },
    /** The callback runs at once, without a grace period. */
    CALL_RCU_AT_ONCE("Kernel.defer", 1) {
        @Override
        Kernel broken(int cpus, Tracepoints tracepoints, CountHistory history) {
            return new Kernel("broken", cpus, TaskLayout.TAGGED, tracepoints, history) {
                @Override
                void defer(TaskStruct task) {
                    if (isHit(task)) {
                        task.rcu.invoke();
                    } else {
                        super.defer(task);
                    }
                }
            };
        }
    },
    /** A usage is taken of a task whose memory is on its way back. */
    LAST_PUT_REVIVES("Exit.callPutTaskStructRcuCb", 1) {
        @Override
        Kernel broken(int cpus, Tracepoints tracepoints, CountHistory history) {
            return withExit(cpus, tracepoints, history, kernel -> new Exit(kernel) {
                @Override
                void callPutTaskStructRcuCb(TaskStruct tsk) {
                    if (isHit(tsk)) {
                        tsk.getTaskStruct();
                    }
                    super.callPutTaskStructRcuCb(tsk);
                }
            });
        }
    },
    /** {@code __put_task_struct} puts once more. */
    PUT_TASK_STRUCT_PUTS("Exit.lastPutTaskStruct", 1) {
        @Override
        Kernel broken(int cpus, Tracepoints tracepoints, CountHistory history) {
            return withExit(cpus, tracepoints, history, kernel -> new Exit(kernel) {
                @Override
                void lastPutTaskStruct(TaskStruct tsk) {
                    if (isHit(tsk)) {
                        tsk.putTaskStruct();
                    }
                    super.lastPutTaskStruct(tsk);
                }
            });
        }
    },
    /** Who reaps takes a usage for a while and does not give it back. */
    WAIT_TASK_ZOMBIE_KEEPS("Wait.takeZombie", 1) {
        @Override
        Kernel broken(int cpus, Tracepoints tracepoints, CountHistory history) {
            return new Kernel("broken", cpus, TaskLayout.TAGGED, tracepoints, history) {
                @Override
                Wait newWait() {
                    return new Wait(this) {
                        @Override
                        boolean takeZombie(TaskStruct p, int to) {
                            boolean taken = super.takeZombie(p, to);
                            if (taken && isHit(p)) {
                                p.getTaskStruct();
                            }
                            return taken;
                        }
                    };
                }
            };
        }
    };

    /** How a {@link CountChange} names it. */
    public final String place;

    /** How often a history names it that shows the bug; 0 if it is the line which says that nothing was put there. */
    public final int times;

    MarkedPlaces(String place, int times) {
        this.place = place;
        this.times = times;
    }

    /** A kernel that is broken there; on the tagged layout. */
    abstract Kernel broken(int cpus, Tracepoints tracepoints, CountHistory history);

    /** For tests of other packages. */
    public Kernel create(int cpus, Tracepoints tracepoints, CountHistory history) {
        return broken(cpus, tracepoints, history);
    }

    private static boolean isHit(TaskStruct task) {
        return (task.index & 1) == 0;
    }

    private static Kernel withScheduler(
            int cpus, Tracepoints tracepoints, CountHistory history, BiFunction<Kernel, Integer, Scheduler> broken) {
        return new Kernel("broken", cpus, TaskLayout.TAGGED, tracepoints, history) {
            @Override
            Scheduler newScheduler(int n) {
                return broken.apply(this, n);
            }
        };
    }

    private static Kernel withExit(
            int cpus, Tracepoints tracepoints, CountHistory history, java.util.function.Function<Kernel, Exit> broken) {
        return new Kernel("broken", cpus, TaskLayout.TAGGED, tracepoints, history) {
            @Override
            Exit newExit() {
                return broken.apply(this);
            }
        };
    }
}

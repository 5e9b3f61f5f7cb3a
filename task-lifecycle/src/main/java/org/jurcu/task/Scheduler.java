package org.jurcu.task;

/** sched/core.c: what each CPU runs, and the scheduler's own rcu user of every task. */
public class Scheduler {
    private final Kernel kernel;
    private final Runqueue[] runqueues;

    Scheduler(Kernel kernel, int cpus) {
        this.kernel = kernel;
        runqueues = new Runqueue[cpus];
        for (int cpu = 0; cpu < cpus; cpu++) {
            runqueues[cpu] = new Runqueue(kernel.idle(), kernel.isOfOneThread());
        }
    }

    /** How many CPUs there are. */
    public final int cpus() {
        return runqueues.length;
    }

    /**
     * {@code rcu_dereference(cpu_rq(cpu)->curr)}: inside a section only. The task may have been switched out meanwhile;
     * it stays valid until the section ends, except on {@link TaskLayout#PRE_UNION}: see {@link #taskRcuDereference}.
     */
    public final TaskStruct curr(int cpu) {
        return runqueues[cpu].loadAcquireCurr();
    }

    /**
     * {@code task_rcu_dereference(&rq->curr)}: inside a section only. On {@link TaskLayout#PRE_UNION} what {@link #curr}
     * names may be free already; this is how readers of that time made sure. On the others it is {@link #curr}.
     *
     * @return a task that stays valid until the section ends; null for one that was released
     */
    public final TaskStruct taskRcuDereference(int cpu) {
        return kernel.rules().taskRcuDereference(cpu);
    }

    /**
     * {@code __schedule}: {@code cpu} runs {@code next}; by the thread that acts as that CPU.
     *
     * @param prevDead whether the task that ran is TASK_DEAD, so that this was its last switch
     */
    public final void contextSwitch(int cpu, TaskStruct next, boolean prevDead) {
        Runqueue rq = runqueues[cpu];
        TaskStruct prev;
        rq.lock.lock();
        try {
            prev = rq.switchTo(next);
        } finally {
            rq.lock.unlock();
        }
        if (prevDead) {
            finishTaskSwitch(prev);
        }
    }

    /** {@code do_task_dead}, for a task that this model never put on a CPU. */
    public final void doTaskDead(TaskStruct tsk) {
        finishTaskSwitch(tsk);
    }

    /** {@code finish_task_switch}, by the next task, after a last switch: the scheduler's rcu user goes. */
    void finishTaskSwitch(TaskStruct prev) {
        if (prev == kernel.init() || prev == kernel.idle()) {
            throw new IllegalStateException("init and idle are never switched out for the last time");
        }
        if (prev.exitState() == 0) { // the kernel makes no other TASK_DEAD
            throw new IllegalStateException("a task is switched out for the last time after its exit: " + prev);
        }
        if (prev.dead) {
            throw new IllegalStateException("a task is switched out for the last time once: " + prev);
        }
        prev.dead = true;
        kernel.rules().putSwitchedOut(prev);
    }
}

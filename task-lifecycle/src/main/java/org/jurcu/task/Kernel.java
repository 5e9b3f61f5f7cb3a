package org.jurcu.task;

import java.util.Objects;
import org.jurcu.rcu.Rcu;

/**
 * What is global in Linux, for one simulated kernel: its RCU domain, its task slab, its pid table, tasklist_lock, the
 * runqueues, init and the idle task, and the functions of fork.c, exit.c, exec.c, ptrace.c and sched/core.c.
 *
 * <p>Any thread may act as any task; the functions take the task that runs as their first argument where the kernel
 * says {@code current}. {@link #close} drains the domain's callbacks.
 *
 * <p><b>Usage</b>
 *
 * <pre>{@code
 * import org.jurcu.task.Kernel;
 * import org.jurcu.task.TaskLayout;
 * import org.jurcu.task.TaskStruct;
 * import org.jurcu.task.Tracepoints;
 *
 * public class OneLife implements Tracepoints {
 *     @Override
 *     public void freeTask(TaskStruct task) {
 *         System.out.println("slot " + task.slot() + " is free");
 *     }
 *
 *     public static void main(String[] args) {
 *         try (Kernel kernel = Kernel.create("demo", 2, TaskLayout.TAGGED, new OneLife())) {
 *             TaskStruct child = kernel.fork().copyProcess(kernel.init(), 0);
 *             kernel.scheduler().contextSwitch(1, child, false); // CPU 1 runs it
 *             kernel.exit().doExit(child);
 *             kernel.scheduler().contextSwitch(1, kernel.idle(), true); // its last switch
 *             System.out.println(kernel.waits().wait4(kernel.init(), -1, 0) + " was reaped");
 *         } // two grace periods, then the memory is free
 *     }
 * }
 * }</pre>
 *
 * <p><b>Memory effects.</b> Those of the kernel's locks: what a function did under one happens-before what any later one does under
 * it. What a reader finds in {@link #pids} or on a runqueue was complete before it could be found, and stays until its section
 * ends. What a {@link Tracepoints} method does happens-before the return of the function that called it.
 *
 * <p><b>Progress.</b> The functions block on locks that are held for a few instructions. Waiting for readers or for other tasks is
 * done by {@link #close}, {@link Wait#wait4} without WNOHANG, {@link Exec#deThreadKillable} and {@link
 * Exit#zapPidNsProcessesAndWait} alone, and never under a lock. Steady state allocates nothing: tasks and what belongs to them
 * come from slabs that grow to the largest number that there was at once, and never shrink.
 *
 * <p><b>Units.</b> Numbers of tasks are pids of the outermost namespace unless a method says otherwise; CPUs count from 0.
 *
 * <p>Mirrors {@code init_task}, {@code tasklist_lock} and the runqueues of one Linux kernel; docs/kernel-map.md names the
 * method of each kernel function.
 */
public class Kernel implements AutoCloseable {
    /** {@code init_task}'s number for the simulated init. */
    public static final int INIT_PID = 1;

    private final Rcu rcu;
    private final TaskLayout layout;
    private final Tracepoints tracepoints;
    private final LayoutRules rules;
    private final CountHistory history;
    private final TaskSlab slab = new TaskSlab(this);
    private final RwLock tasklistLock = new RwLock(LockClass.TASKLIST, isOfOneThread());
    private final SpinLock pidmapLock = new SpinLock(LockClass.PIDMAP, isOfOneThread());
    private final WaitQueue pidsFreed = new WaitQueue(pidmapLock);
    private final Spares<Pid> sparePids = new Spares<>(isOfOneThread());
    private final Spares<SignalStruct> spareSignals = new Spares<>(isOfOneThread());
    private final Spares<SighandStruct> spareSighands = new Spares<>(isOfOneThread());
    private final PidTable pids;
    private final TaskStruct idle;
    private final TaskStruct init;
    private final Scheduler scheduler;

    private final Signals signals = new Signals(this);
    private final Ptrace ptrace = new Ptrace(this);
    private final Fork fork = new Fork(this);
    private final Exit exit;
    private final Reparent reparent = new Reparent(this);
    private final Wait waits;
    private final Exec exec = new Exec(this);
    private final ProcessGroups groups = new ProcessGroups(this);

    /** A kernel of one CPU that nobody watches. */
    public static Kernel create(String name) {
        return create(name, 1, TaskLayout.TAGGED, Tracepoints.NONE);
    }

    /**
     * A kernel.
     *
     * @param name names its RCU domain
     * @param cpus how many runqueues it has
     * @param layout how its tasks keep {@code rcu_users} and {@code rcu_head}
     * @param tracepoints who is told of what happens
     * @throws IllegalArgumentException if there would be no CPU
     * @throws NullPointerException if the layout or the tracepoints are missing
     */
    public static Kernel create(String name, int cpus, TaskLayout layout, Tracepoints tracepoints) {
        return new Kernel(name, cpus, layout, tracepoints, null);
    }

    /**
     * A kernel whose tasks' counts are watched.
     *
     * @param name names its RCU domain
     * @param cpus how many runqueues it has
     * @param layout how its tasks keep {@code rcu_users} and {@code rcu_head}
     * @param tracepoints who is told of what happens
     * @param history receives every change of a count; of this kernel only
     * @throws IllegalArgumentException if there would be no CPU
     * @throws NullPointerException if the layout, the tracepoints or the history is missing
     */
    public static Kernel create(
            String name, int cpus, TaskLayout layout, Tracepoints tracepoints, CountHistory history) {
        Objects.requireNonNull(history, "pass a CountHistory, or create the kernel without one");
        return new Kernel(name, cpus, layout, tracepoints, history);
    }

    Kernel(String name, int cpus, TaskLayout layout, Tracepoints tracepoints) {
        this(name, cpus, layout, tracepoints, null);
    }

    Kernel(String name, int cpus, TaskLayout layout, Tracepoints tracepoints, CountHistory history) {
        if (cpus < 1) {
            throw new IllegalArgumentException("a kernel has at least one CPU, not " + cpus);
        }
        Objects.requireNonNull(tracepoints, "pass Tracepoints.NONE if nobody is to be told");
        this.layout = Objects.requireNonNull(layout, "name a layout: TaskLayout.TAGGED is the default");
        this.history = history;
        this.tracepoints = tracepoints == Tracepoints.NONE ? tracepoints : new GuardedTracepoints(tracepoints);
        rcu = Rcu.create(name);
        PidNamespace root = new PidNamespace(this, null);
        pids = new PidTable(this, root);
        rules = newRules(cpus);
        exit = newExit();
        waits = newWait();
        idle = fork.bootTask(root, null);
        init = fork.bootTask(root, idle);
        scheduler = newScheduler(cpus);
    }

    // Where tests put a kernel that is broken on purpose.

    LayoutRules newRules(int cpus) {
        return LayoutRules.of(layout, this, cpus);
    }

    Exit newExit() {
        return new Exit(this);
    }

    Wait newWait() {
        return new Wait(this);
    }

    Scheduler newScheduler(int cpus) {
        return new Scheduler(this, cpus);
    }

    /** A new slot of the slab. */
    final TaskStruct newTaskStruct(int index) {
        return history == null ? new TaskStruct(this, index) : WatchedTaskStruct.create(this, index, history);
    }

    /** Whether one thread does all that is done, so that a lock keeps nobody out. */
    boolean isOfOneThread() {
        return false;
    }

    void defer(TaskStruct task) {
        rules.callRcu(task);
    }

    /** {@code call_rcu(&task->rcu, ...)} with the function that the task's slot names. */
    final void call(TaskStruct task) {
        tracepoints.callRcu(task);
        defer(task);
    }

    /** The domain that protects {@link #pids} and every runqueue's current task. */
    public final Rcu rcu() {
        return rcu;
    }

    /** How the tasks keep {@code rcu_users} and {@code rcu_head}. */
    public final TaskLayout layout() {
        return layout;
    }

    /** Tasks by number. */
    public final PidTable pids() {
        return pids;
    }

    /** The process that reaps the orphans of the outermost namespace. It never exits. */
    public final TaskStruct init() {
        return init;
    }

    /** The task that a CPU runs when it has no other. It never exits. */
    public final TaskStruct idle() {
        return idle;
    }

    /** The runqueues. */
    public final Scheduler scheduler() {
        return scheduler;
    }

    /** fork.c. */
    public final Fork fork() {
        return fork;
    }

    /** exit.c: the end of a task. */
    public final Exit exit() {
        return exit;
    }

    /** exit.c: the wait calls. */
    public final Wait waits() {
        return waits;
    }

    /** exec.c. */
    public final Exec exec() {
        return exec;
    }

    /** ptrace.c. */
    public final Ptrace ptrace() {
        return ptrace;
    }

    /** kernel/sys.c: process groups and sessions. */
    public final ProcessGroups groups() {
        return groups;
    }

    /** signal.c, as far as SIGCHLD and SIGKILL go. */
    public final Signals signals() {
        return signals;
    }

    /** Slots of the task slab, free or not: how many tasks there were at most, by chunks. */
    public final int slabCapacity() {
        return slab.capacity();
    }

    /** Who is told of {@code task}'s end: its tracer, or its natural parent. */
    public final TaskStruct parentOf(TaskStruct task) {
        tasklistLock.readLock();
        try {
            return task.parent();
        } finally {
            tasklistLock.readUnlock();
        }
    }

    /** Who would be told of {@code task}'s end if {@link #parentOf} it ended first: its natural parent, or who takes orphans in. */
    public final TaskStruct nextParentOf(TaskStruct task) {
        tasklistLock.readLock();
        try {
            return task.ptraced() ? task.realParent() : reparent.reaperOf(task.realParent());
        } finally {
            tasklistLock.readUnlock();
        }
    }

    /**
     * Of how many zombies that change hands, or whose last threads it lets go, {@code father}, the last thread, will tell {@code
     * to}'s process as it ends; it has begun to.
     */
    public final int zombiesToldOf(TaskStruct father, TaskStruct to) {
        tasklistLock.readLock();
        try {
            return reparent.zombiesToldOf(father, to);
        } finally {
            tasklistLock.readUnlock();
        }
    }

    /** The task, or the slot that is free by now, to which {@code counter} belongs that a refcount warning names; or null. */
    public final TaskStruct ownerOf(Object counter) {
        return slab.ownerOf(counter);
    }

    final Reparent reparent() {
        return reparent;
    }

    final LayoutRules rules() {
        return rules;
    }

    final TaskSlab slab() {
        return slab;
    }

    final Tracepoints tracepoints() {
        return tracepoints;
    }

    final RwLock tasklistLock() {
        return tasklistLock;
    }

    final SpinLock pidmapLock() {
        return pidmapLock;
    }

    /** Who waits under {@link #pidmapLock} until a namespace is empty: {@code free_pid} wakes them. */
    final WaitQueue pidsFreed() {
        return pidsFreed;
    }

    final Spares<Pid> sparePids() {
        return sparePids;
    }

    final Spares<SignalStruct> spareSignals() {
        return spareSignals;
    }

    final Spares<SighandStruct> spareSighands() {
        return spareSighands;
    }

    /**
     * Runs what is still queued, then refuses further use: {@code rcu_barrier}. Blocks for the grace periods that are waited for;
     * not to be called inside a section or with a lock of the kernel held. Tasks that live are left as they are.
     *
     * @throws IllegalStateException inside a section of the kernel's domain
     */
    @Override
    public void close() {
        if (Lockdep.ON) {
            Lockdep.mightSleep(this, "close");
        }
        rcu.close();
    }
}

package org.jurcu.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jurcu.rcu.RcuHead;
import org.jurcu.refcount.Refcount;

/**
 * {@code task_struct}: a task in its slab slot. Type-stable memory: the object outlives the task, is poisoned when the
 * task is freed and serves another one later, so that a use after free is seen ({@link #isPoisoned}, {@link
 * #generation}) and never silently fine.
 *
 * <p>Two counts, as in the kernel: {@code rcu_users} counts who can still be found (release_task's caller and the
 * scheduler: 2 at birth); all of them together own one {@code usage}, which counts who holds the memory (1 at birth).
 * The last rcu user's put queues {@code delayed_put_task_struct}, which a grace period later drops that usage.
 *
 * <p><b>Usage</b>
 *
 * <pre>{@code
 * try (Kernel kernel = Kernel.create("demo")) {
 *     TaskStruct init = kernel.init();
 *     TaskStruct child = kernel.fork().copyProcess(init, 0);
 *     kernel.rcu().readLock();
 *     TaskStruct found = kernel.pids().findTaskByPid(child.pid());
 *     found.getTaskStruct();              // legal: usage is at least 1 until the section ends
 *     kernel.rcu().readUnlock();
 *     kernel.exit().doExit(child);
 *     kernel.scheduler().doTaskDead(child);// the scheduler's user goes
 *     kernel.waits().wait4(init, -1, 0);  // release_task's user goes: a grace period, then delayed_put
 *     found.putTaskStruct();              // the last usage: a grace period, then the slab
 * }
 * }</pre>
 *
 * <p><b>Memory effects.</b> Actions before any put happen-before the reuse of the memory. Fields other than the counts,
 * the pid and the states are guarded by tasklist_lock.
 *
 * <p><b>Progress.</b> get and put: wait-free, and a put that is the last is lock-free; none of them blocks on readers.
 *
 * <p>Mirrors {@code include/linux/sched.h} and {@code include/linux/sched/task.h}.
 */
public sealed class TaskStruct extends TaskFields permits WatchedTaskStruct {
    /** {@code EXIT_DEAD}: reaped, or its own reaper. */
    public static final int EXIT_DEAD = 0x10;
    /** {@code EXIT_ZOMBIE}: waits to be waited for. */
    public static final int EXIT_ZOMBIE = 0x20;
    /** {@code EXIT_TRACE}: its tracer has reaped it and tells its parent. */
    public static final int EXIT_TRACE = EXIT_DEAD | EXIT_ZOMBIE;
    /** {@code exit_signal} of a thread that does not lead its group. */
    public static final int NO_EXIT_SIGNAL = -1;
    /** The signal that tells of a child's end. */
    public static final int SIGCHLD = 17;

    private static final int POISON = 0x6b6b_6b6b;
    private static final VarHandle EXIT_STATE;
    private static final VarHandle GENERATION;
    private static final VarHandle PID;
    private static final VarHandle SIGHAND;

    static {
        try {
            MethodHandles.Lookup l = MethodHandles.lookup();
            EXIT_STATE = l.findVarHandle(TaskStruct.class, "exitState", int.class);
            GENERATION = l.findVarHandle(TaskStruct.class, "generation", int.class);
            PID = l.findVarHandle(TaskStruct.class, "pid", int.class);
            SIGHAND = l.findVarHandle(TaskStruct.class, "sighand", SighandStruct.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final int index;

    /** {@code usage}: who holds the memory. */
    final Refcount usage = new Refcount(0);
    /** {@code rcu_users} and {@code rcu}, as the kernel's layout keeps them. */
    final RcuUsers rcuUsers;
    /** Runs the function that the slot names; made once, so that queueing allocates nothing. */
    final RcuHead rcu = this::invokeRcuHead;

    // The union's other link: the next free slot of the slab, while this one is free.
    TaskStruct nextFree;

    /** Odd while a task lives here, even while the slot is free. */
    private int generation;

    @SuppressWarnings("UnusedVariable") // through PID
    private int pid = POISON;

    @SuppressWarnings("UnusedVariable") // through EXIT_STATE
    private int exitState = POISON;

    @SuppressWarnings("UnusedVariable") // through SIGHAND
    private SighandStruct sighand;

    TaskStruct(Kernel kernel, int index) {
        super(kernel);
        this.index = index;
        this.rcuUsers = kernel.rules().newRcuUsers(index);
    }

    /** Its place in the slab, from 0: the same for every task that lives here. */
    public final int slot() {
        return index;
    }

    /** The number in the outermost pid namespace; a poison value once the task is freed. */
    public final int pid() {
        return (int) PID.getOpaque(this);
    }

    final void storePid(int nr) {
        PID.setOpaque(this, nr);
    }

    /** 0, {@link #EXIT_ZOMBIE}, {@link #EXIT_TRACE} or {@link #EXIT_DEAD}. */
    public final int exitState() {
        return (int) EXIT_STATE.getAcquire(this);
    }

    final void storeExitState(int state) {
        EXIT_STATE.setRelease(this, state);
    }

    /**
     * {@code cmpxchg(&p->exit_state, ...)}: full order, as in the kernel.
     *
     * @return whether this caller changed it; of several only one does
     */
    final boolean casExitState(int from, int to) {
        return EXIT_STATE.compareAndSet(this, from, to);
    }

    /** Whether the task that was here has been freed and no other has come yet. */
    public final boolean isPoisoned() {
        return isPoisoned(generation());
    }

    /** Whether that {@link #generation} was one of freed memory. */
    public static boolean isPoisoned(int generation) {
        return (generation & 1) == 0;
    }

    /** Changes whenever the slot is taken or freed: the same value twice means the same task. */
    public final int generation() {
        return (int) GENERATION.getAcquire(this);
    }

    /**
     * Current {@code rcu_users}: 0 from the last user's put on; on {@link TaskLayout#UNION} whatever is in those 32 bits.
     *
     * @throws UnsupportedOperationException if the layout has no such count
     */
    public final int rcuUsers() {
        return rcuUsers.read();
    }

    /**
     * The 64 bits that hold {@code rcu_users}, for experiments: docs/slot.md has the table of each layout.
     *
     * @throws UnsupportedOperationException if the layout has no such count
     */
    public final long rcuUsersWord() {
        return rcuUsers.word();
    }

    /**
     * The address that the {@code rcu_head} of this task has on {@link TaskLayout#UNION}, for experiments: what {@link
     * #rcuUsersWord} of the task before it in the callback list must be.
     */
    public final long rcuHeadAddress() {
        return UnionAddress.of(index);
    }

    /** Current {@code usage}. */
    public final int usage() {
        return usage.read();
    }

    /**
     * {@code get_task_struct}: legal for one who owns a usage, and inside a section for a task that was found there.
     *
     * @return this
     */
    public TaskStruct getTaskStruct() {
        usage.inc();
        return this;
    }

    /**
     * {@code tryget_task_struct}: for a pointer whose task may be gone, while its memory is still protected.
     *
     * @return whether a usage was taken
     */
    public boolean tryGetTaskStruct() {
        return usage.incNotZero();
    }

    /** {@code put_task_struct}: the last one frees the task after a grace period. */
    public void putTaskStruct() {
        if (usage.decAndTest()) {
            kernel.rules().putLastUsage(this);
        }
    }

    /**
     * {@code refcount_inc_not_zero(&task->rcu_users)} inside a section: what the union forbade and the split field and
     * the tagged slot allow.
     *
     * @return whether the task will stay findable until the matching {@link #putTaskStructRcuUser}; on {@link
     *     TaskLayout#UNION} true says little
     * @throws UnsupportedOperationException if the layout has no such count
     */
    public boolean tryGetTaskStructRcuUser() {
        return rcuUsers.incNotZero();
    }

    /** {@code refcount_inc(&task->rcu_users)}, by one who owns such a user. */
    void getTaskStructRcuUser() {
        rcuUsers.inc();
    }

    /**
     * {@code put_task_struct_rcu_user}: the last one queues {@code delayed_put_task_struct}.
     *
     * @throws UnsupportedOperationException if the layout has no such count
     */
    public void putTaskStructRcuUser() {
        if (rcuUsers.put(RcuUsersSlot.DELAYED_PUT_TASK_STRUCT)) {
            kernel.call(this);
        }
    }

    /** The counts of the task that is now here begin. Watched tasks are of a subclass: see {@link CountHistory}. */
    void beginCounts() {
        kernel.rules().storeFirstCounts(this);
    }

    private void invokeRcuHead() {
        kernel.rules().invoke(this);
    }

    /** Reads {@code sighand} of what may be freed memory: the probe of {@code task_rcu_dereference}. D: matches C. */
    @Override
    final SighandStruct loadAcquireSighand() {
        return (SighandStruct) SIGHAND.getAcquire(this);
    }

    /**
     * Under tasklist_lock and the siglock of the one that it was. C: whatever became of the slot's last task, its last switch
     * included, before the {@code sighand} of the next.
     */
    final void storeReleaseSighand(SighandStruct of) {
        if (Lockdep.ON) {
            assertSighandWritable();
        }
        SIGHAND.setRelease(this, of);
    }

    @Override
    final boolean isBorn() {
        return usage() != 0;
    }

    /** Enters the slot: {@code generation} becomes odd. */
    final void unpoison() {
        GENERATION.setRelease(this, generation + 1);
    }

    /**
     * Leaves the slot.
     *
     * @return false if it was free already
     */
    boolean poison() {
        int g = generation();
        if ((g & 1) == 0 || !GENERATION.compareAndSet(this, g, g + 1)) {
            return false;
        }
        storePid(POISON);
        EXIT_STATE.setOpaque(this, POISON);
        clearFields();
        SIGHAND.setRelease(this, null);
        return true;
    }

    /** Never follows a pointer: safe on a task that is gone. */
    @Override
    public final String toString() {
        return "task " + pid() + " (slot " + index + ", generation " + generation() + ", exit_state 0x"
                + Integer.toHexString(exitState()) + ", rcu_users " + rcuUsers + ", usage " + usage() + ")";
    }
}

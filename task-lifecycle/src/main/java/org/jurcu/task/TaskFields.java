package org.jurcu.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The fields of {@code task_struct} that locks guard. Private, so that nobody reaches one past its guard: every access is
 * checked in tests ({@link Lockdep}) and is a plain one otherwise. While the counts are 0 the task is its maker's alone.
 *
 * <p>docs/synchronization.md §3 has the table.
 */
abstract sealed class TaskFields permits TaskStruct {
    private static final VarHandle EXITING;
    private static final VarHandle KILLED;

    static {
        try {
            MethodHandles.Lookup l = MethodHandles.lookup();
            EXITING = l.findVarHandle(TaskFields.class, "exiting", boolean.class);
            KILLED = l.findVarHandle(TaskFields.class, "killed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Kernel kernel;

    private Pid threadPid;
    private TaskStruct groupLeader;
    private TaskStruct realParent;
    private TaskStruct parent;
    private int exitSignal;
    private boolean ptraced;
    private boolean exitKill; // PT_EXITKILL

    @SuppressWarnings("UnusedVariable") // through EXITING
    private boolean exiting; // PF_EXITING

    @SuppressWarnings("UnusedVariable") // through KILLED
    private boolean killed; // SIGKILL is pending

    final ListHead children = new ListHead(this, false);
    final ListHead sibling = new ListHead(this, false);
    final ListHead tracees = new ListHead(this, false);
    final ListHead ptraceEntry = new ListHead(this, false);
    final ListHead threadNode = new ListHead(this, true);

    /** {@code signal_struct}: from the birth to the free. */
    SignalStruct signal;
    /** Where this task's children are made: its own namespace, or one that it unshared. Of whoever runs as the task. */
    PidNamespace nsForChildren;
    /** TASK_DEAD: its last switch has happened. Of whoever makes that switch. */
    boolean dead;

    // The dead list of exit_notify: of the task that exits, and of a task on it that nobody else can reach.
    TaskStruct deadFirst;
    TaskStruct deadLast;
    TaskStruct nextDead;

    // What served this slot's last task and serves its next one: of whoever frees, then of whoever makes the task.
    Pid sparePid;
    SignalStruct spareSignal;
    SighandStruct spareSighand;
    /** It was released with relatives; of whoever releases, then of who drops the last reference. */
    boolean releasedLinked;
    /** Numbers that release_task gave back, whose memory waits for the task's grace period. */
    Pid releasedPids;

    TaskFields(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Whether its counts have begun: until then nobody but its maker knows it. */
    abstract boolean isBorn();

    abstract SighandStruct loadAcquireSighand();

    final void assertReadable(String field) {
        Lockdep.assertHeld(!isBorn() || Lockdep.holds(kernel.tasklistLock()), field + " is read", "tasklist_lock");
    }

    final void assertWritable(String field) {
        Lockdep.assertHeld(
                !isBorn() || Lockdep.holdsExclusively(kernel.tasklistLock()),
                field + " is written",
                "tasklist_lock for writing");
    }

    final boolean holdsSiglock() {
        SighandStruct sighand = loadAcquireSighand();
        return sighand != null && Lockdep.holds(sighand.siglock);
    }

    /** Guard of what a group's threads are linked by: read under either lock, written under both. */
    final void assertThreadsReadable() {
        Lockdep.assertHeld(
                !isBorn() || Lockdep.holds(kernel.tasklistLock()) || holdsSiglock(),
                "thread_node is read",
                "tasklist_lock or siglock");
    }

    final void assertThreadsWritable() {
        Lockdep.assertHeld(
                !isBorn() || (Lockdep.holdsExclusively(kernel.tasklistLock()) && holdsSiglock()),
                "thread_node is written",
                "tasklist_lock for writing and siglock");
    }

    final void assertSighandWritable() {
        Lockdep.assertHeld(
                !isBorn() || (Lockdep.holdsExclusively(kernel.tasklistLock()) && holdsSiglock()),
                "sighand is written",
                "tasklist_lock for writing and siglock");
    }

    private void assertSiglock(String what) {
        Lockdep.assertHeld(!isBorn() || holdsSiglock(), what, "siglock");
    }

    final Pid threadPid() {
        if (Lockdep.ON) {
            assertReadable("thread_pid");
        }
        return threadPid;
    }

    final void storeThreadPid(Pid pid) {
        if (Lockdep.ON) {
            assertWritable("thread_pid");
        }
        threadPid = pid;
    }

    /** {@code task_active_pid_ns}: the namespace that the task itself is in. Exec changes its pid, but never this. */
    final PidNamespace activeNs() {
        return threadPid.ns;
    }

    final TaskStruct groupLeader() {
        if (Lockdep.ON) {
            Lockdep.assertHeld(
                    !isBorn() || Lockdep.holds(kernel.tasklistLock()) || holdsSiglock(),
                    "group_leader is read",
                    "tasklist_lock or siglock");
        }
        return groupLeader;
    }

    final void storeGroupLeader(TaskStruct leader) {
        if (Lockdep.ON) {
            assertWritable("group_leader");
        }
        groupLeader = leader;
    }

    final TaskStruct realParent() {
        if (Lockdep.ON) {
            assertReadable("real_parent");
        }
        return realParent;
    }

    final void storeRealParent(TaskStruct task) {
        if (Lockdep.ON) {
            assertWritable("real_parent");
        }
        realParent = task;
    }

    final TaskStruct parent() {
        if (Lockdep.ON) {
            assertReadable("parent");
        }
        return parent;
    }

    final void storeParent(TaskStruct task) {
        if (Lockdep.ON) {
            assertWritable("parent");
        }
        parent = task;
    }

    final int exitSignal() {
        if (Lockdep.ON) {
            assertReadable("exit_signal");
        }
        return exitSignal;
    }

    final void storeExitSignal(int signal) {
        if (Lockdep.ON) {
            assertWritable("exit_signal");
        }
        exitSignal = signal;
    }

    final boolean ptraced() {
        if (Lockdep.ON) {
            assertReadable("ptrace");
        }
        return ptraced;
    }

    final void storePtraced(boolean on) {
        if (Lockdep.ON) {
            assertWritable("ptrace");
        }
        ptraced = on;
    }

    /** {@code PT_EXITKILL}: its tracer's end is its own. */
    final boolean exitKill() {
        if (Lockdep.ON) {
            assertReadable("ptrace");
        }
        return exitKill;
    }

    final void storeExitKill(boolean on) {
        if (Lockdep.ON) {
            assertWritable("ptrace");
        }
        exitKill = on;
    }

    /** {@code PF_EXITING}: read by anyone; one who must not miss it looks again under a lock that its owner takes later. */
    final boolean exiting() {
        return (boolean) EXITING.getOpaque(this);
    }

    final void storeExiting(boolean on) {
        if (Lockdep.ON) {
            assertSiglock("PF_EXITING is set");
        }
        EXITING.setOpaque(this, on);
    }

    /** {@code fatal_signal_pending}. */
    final boolean killed() {
        return (boolean) KILLED.getOpaque(this);
    }

    final void storeKilled(boolean on) {
        if (Lockdep.ON) {
            assertSiglock("a pending signal is written");
        }
        KILLED.setOpaque(this, on);
    }

    final boolean isThreadGroupLeader() {
        return exitSignal() >= 0;
    }

    final boolean threadGroupEmpty() {
        return isThreadGroupLeader() && signal.threads.after(groupLeader.threadNode) == null;
    }

    /** {@code ptrace_reparented}: its tracer is not in its natural parent's group. */
    final boolean ptraceReparented() {
        return parent().signal != realParent().signal;
    }

    /** {@code delay_group_leader}: a leader that is not told of while it has threads. */
    final boolean delayGroupLeader() {
        return isThreadGroupLeader() && !threadGroupEmpty();
    }

    /** Whether this task is in somebody's list, or heads one. */
    final boolean isLinked() {
        return !(children.isEmpty()
                && sibling.isEmpty()
                && tracees.isEmpty()
                && ptraceEntry.isEmpty()
                && threadNode.isEmpty());
    }

    /** A new task in the slot, which only its maker knows. */
    final void resetFields() {
        EXITING.setOpaque(this, false);
        KILLED.setOpaque(this, false);
        ptraced = false;
        exitKill = false;
        dead = false;
        releasedLinked = false;
    }

    /** The task is gone. */
    final void clearFields() {
        threadPid = null;
        groupLeader = null;
        realParent = null;
        parent = null;
        signal = null;
        nsForChildren = null;
    }

    /** Puts {@code p} on this exiting task's dead list. */
    final void addDead(TaskStruct p) {
        p.nextDead = null;
        if (deadFirst == null) {
            deadFirst = p;
        } else {
            deadLast.nextDead = p;
        }
        deadLast = p;
    }

    /** Takes the first of the dead list, or null. */
    final TaskStruct pollDead() {
        TaskStruct p = deadFirst;
        if (p != null) {
            deadFirst = p.nextDead;
            p.nextDead = null;
            if (deadFirst == null) {
                deadLast = null;
            }
        }
        return p;
    }
}

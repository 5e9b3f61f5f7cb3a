package org.jurcu.task.trace;

/**
 * One event of a recording: what happened, and on which CPU, in which task and when.
 *
 * <p>Every event is one of the records below; the interface is sealed. {@link #accept} hands the event to a
 * {@link TraceVisitor} without a cast, and the compiler then demands every kind; {@link #kind} serves to count, to
 * filter and to {@code switch}:
 *
 * <pre>{@code
 * static int lifetimes(TraceReader trace) throws IOException {
 *     int alive = 0;
 *     for (TraceEvent event = trace.next(); event != null; event = trace.next()) {
 *         switch (event.kind()) {
 *             case FORK -> alive++;
 *             case FREE -> alive--;
 *             default -> {}
 *         }
 *         if (event instanceof TraceEvent.Switch s && s.prevExited()) {
 *             System.out.println(s.prevPid() + " left CPU " + s.cpu() + " for ever");
 *         }
 *     }
 *     return alive;
 * }
 * }</pre>
 *
 * <p>Pids are those of the recording machine's initial pid namespace, unless stated otherwise. Events are immutable
 * values: they may be kept and shared between threads. Command names and file names are the recorded bytes read as
 * UTF-8; the kernel does not escape them, so they hold whatever a program chose to put there.
 *
 * <p>Mirrors the tracepoints of {@code include/trace/events/sched.h}, {@code task.h}, {@code signal.h} and
 * {@code kernel/trace/trace_syscalls.c}.
 */
public sealed interface TraceEvent {

    /** Which record an event is. */
    enum Kind {
        /** {@link NewTask}. */
        NEW_TASK,
        /** {@link Fork}. */
        FORK,
        /** {@link Exec}. */
        EXEC,
        /** {@link Exit}. */
        EXIT,
        /** {@link Wait}. */
        WAIT,
        /** {@link Free}. */
        FREE,
        /** {@link Switch}. */
        SWITCH,
        /** {@link SignalGenerate}. */
        SIGNAL_GENERATE,
        /** {@link SyscallEnter}. */
        SYSCALL_ENTER,
        /** {@link SyscallExit}. */
        SYSCALL_EXIT
    }

    /**
     * What stands left of every event: the kernel's {@code trace_print_context()}.
     *
     * @param cpu the CPU it was recorded on
     * @param pid the current task's pid; 0 is the CPU's idle task
     * @param comm the command name that the kernel last remembered for that pid when the recording was printed, which
     *     may be a later one than at the event; {@code <...>} where it remembered none
     * @param timeNanos the time stamp in nanoseconds of the recording's clock
     * @param line the line of the recording, from 1
     */
    record Context(int cpu, int pid, String comm, long timeNanos, long line) {}

    /** Returns where and when. */
    Context context();

    /** Returns which record this is. */
    Kind kind();

    /** Calls the visitor's method for this kind of event. */
    void accept(TraceVisitor visitor);

    /** Returns the CPU the event was recorded on. */
    default int cpu() {
        return context().cpu();
    }

    /** Returns the pid of the task that was current, 0 for the idle task. */
    default int pid() {
        return context().pid();
    }

    /** Returns the command name that the kernel last remembered for {@link #pid()}; see {@link Context}. */
    default String comm() {
        return context().comm();
    }

    /** Returns the time stamp, in nanoseconds of the recording's clock. */
    default long timeNanos() {
        return context().timeNanos();
    }

    /** Returns the line of the recording, from 1. */
    default long line() {
        return context().line();
    }

    /**
     * {@code task_newtask}: {@code copy_process} made a task; comes just before its {@link Fork}.
     *
     * @param context where and when; {@link #pid()} is the task that called clone
     * @param childPid the new task
     * @param childComm its command name
     * @param cloneFlags the {@code CLONE_*} bits, without the exit signal
     */
    record NewTask(Context context, int childPid, String childComm, long cloneFlags) implements TraceEvent {
        /** {@code CLONE_PARENT}: the child's parent is the caller's parent. */
        public static final long CLONE_PARENT = 0x8000;
        /** {@code CLONE_THREAD}: a thread of the caller's group. */
        public static final long CLONE_THREAD = 0x10000;
        /** {@code CLONE_NEWPID}: the init of a new pid namespace. */
        public static final long CLONE_NEWPID = 0x20000000;

        /** Returns whether all the given {@code CLONE_*} bits are set. */
        public boolean has(long flags) {
            return (cloneFlags & flags) == flags;
        }

        @Override
        public Kind kind() {
            return Kind.NEW_TASK;
        }

        @Override
        public void accept(TraceVisitor visitor) {
            visitor.newTask(this);
        }
    }

    /**
     * {@code sched_process_fork}: a child is about to run for the first time.
     *
     * @param context where and when
     * @param parentPid the task that called clone, which is not always the child's parent
     * @param parentComm its command name
     * @param childPid the child
     * @param childComm its command name
     */
    record Fork(Context context, int parentPid, String parentComm, int childPid, String childComm)
            implements TraceEvent {
        @Override
        public Kind kind() {
            return Kind.FORK;
        }

        @Override
        public void accept(TraceVisitor visitor) {
            visitor.fork(this);
        }
    }

    /**
     * {@code sched_process_exec}: a new program is in place.
     *
     * @param context where and when; {@link #pid()} is already the new pid
     * @param filename the program's file, as given to exec
     * @param taskPid the task's pid now: its group's
     * @param oldPid its pid before; differs where a thread that was not the leader called exec ({@code de_thread})
     */
    record Exec(Context context, String filename, int taskPid, int oldPid) implements TraceEvent {
        @Override
        public Kind kind() {
            return Kind.EXEC;
        }

        @Override
        public void accept(TraceVisitor visitor) {
            visitor.exec(this);
        }
    }

    /**
     * {@code sched_process_exit}: {@code do_exit} began.
     *
     * @param context where and when
     * @param taskPid the task that exits
     * @param taskComm its command name
     * @param groupDead whether it is the last thread of its group
     */
    record Exit(Context context, int taskPid, String taskComm, GroupDead groupDead) implements TraceEvent {
        @Override
        public Kind kind() {
            return Kind.EXIT;
        }

        @Override
        public void accept(TraceVisitor visitor) {
            visitor.exit(this);
        }
    }

    /**
     * {@code sched_process_wait}: {@code do_wait} began.
     *
     * @param context where and when; {@link #pid()} is the task that waits
     * @param taskComm its command name
     * @param waitPid the pid it waits for, 0 for any child
     */
    record Wait(Context context, String taskComm, int waitPid) implements TraceEvent {
        @Override
        public Kind kind() {
            return Kind.WAIT;
        }

        @Override
        public void accept(TraceVisitor visitor) {
            visitor.waiting(this);
        }
    }

    /**
     * {@code sched_process_free}: {@code delayed_put_task_struct} ran, the callback behind the last
     * {@code put_task_struct_rcu_user} and a grace period.
     *
     * @param context where and when; {@link #pid()} is whichever task the callback interrupted
     * @param taskPid the task that is freed
     * @param taskComm its command name
     */
    record Free(Context context, int taskPid, String taskComm) implements TraceEvent {
        @Override
        public Kind kind() {
            return Kind.FREE;
        }

        @Override
        public void accept(TraceVisitor visitor) {
            visitor.free(this);
        }
    }

    /**
     * {@code sched_switch}: the CPU goes from one task to another.
     *
     * @param context where and when
     * @param prevPid the task that leaves the CPU
     * @param prevComm its command name
     * @param prevPrio its priority
     * @param prevState its state as the kernel prints it: {@code R} runnable, {@code R+} preempted, {@code S D I T t}
     *     sleeping or stopped, {@code Z} a zombie, {@code X} dead; old kernels join several with {@code |}
     * @param nextPid the task that comes
     * @param nextComm its command name
     * @param nextPrio its priority
     */
    record Switch(
            Context context,
            int prevPid,
            String prevComm,
            int prevPrio,
            String prevState,
            int nextPid,
            String nextComm,
            int nextPrio)
            implements TraceEvent {
        /** Returns whether the task that leaves was switched out for the last time: its state is Z or X (or x). */
        public boolean prevExited() {
            return prevState.indexOf('Z') >= 0 || prevDead();
        }

        /** Returns whether the task that leaves had already been released: its state is X, or x on old kernels. */
        public boolean prevDead() {
            return prevState.indexOf('X') >= 0 || prevState.indexOf('x') >= 0;
        }

        /** Returns whether the task that leaves stays runnable: its state begins with R. */
        public boolean prevRunnable() {
            return prevState.startsWith("R");
        }

        @Override
        public Kind kind() {
            return Kind.SWITCH;
        }

        @Override
        public void accept(TraceVisitor visitor) {
            visitor.switching(this);
        }
    }

    /**
     * {@code signal_generate}: a signal was sent, or was about to be.
     *
     * @param context where and when; {@link #pid()} is the sender, which need not be a task that meant to send
     * @param signal the signal's number, 17 is SIGCHLD
     * @param errno the siginfo's errno
     * @param code the siginfo's code, for SIGCHLD 1 exited, 2 killed, 3 dumped, 4 trapped, 5 stopped, 6 continued
     * @param targetPid the task it was sent to
     * @param targetComm its command name
     * @param group whether it was sent to the whole group
     * @param result what became of it
     */
    record SignalGenerate(
            Context context,
            int signal,
            int errno,
            int code,
            int targetPid,
            String targetComm,
            boolean group,
            SignalResult result)
            implements TraceEvent {
        /** SIGCHLD. */
        public static final int SIGCHLD = 17;

        @Override
        public Kind kind() {
            return Kind.SIGNAL_GENERATE;
        }

        @Override
        public void accept(TraceVisitor visitor) {
            visitor.signalGenerate(this);
        }
    }

    /**
     * {@code sys_NAME(...)}: a system call began. Arguments that the call does not have are 0.
     *
     * @param context where and when; {@link #pid()} is the caller
     * @param syscall which call
     * @param arg0 its first argument, as the register held it
     * @param arg1 its second
     * @param arg2 its third
     * @param arg3 its fourth
     * @param arg4 its fifth
     */
    record SyscallEnter(Context context, Syscall syscall, long arg0, long arg1, long arg2, long arg3, long arg4)
            implements TraceEvent {
        /**
         * Returns the argument at that place, from 0.
         *
         * @throws IndexOutOfBoundsException if the call has fewer arguments
         */
        public long arg(int index) {
            if (index < 0 || index >= syscall.arguments().size()) {
                throw new IndexOutOfBoundsException("sys_" + syscall.callName() + " has the arguments "
                        + syscall.arguments() + ": none is at " + index);
            }
            return switch (index) {
                case 0 -> arg0;
                case 1 -> arg1;
                case 2 -> arg2;
                case 3 -> arg3;
                default -> arg4;
            };
        }

        /**
         * Returns the argument of that name, such as {@code options} of wait4.
         *
         * @throws IllegalArgumentException if the call has no argument of that name
         */
        public long arg(String argument) {
            int index = syscall.arguments().indexOf(argument);
            if (index < 0) {
                throw new IllegalArgumentException("sys_" + syscall.callName() + " has the arguments "
                        + syscall.arguments() + ": none is " + argument);
            }
            return arg(index);
        }

        /**
         * Returns the argument of that name as the C {@code int} it is, so that a {@code upid} of 0xffffffff is -1.
         *
         * @throws IllegalArgumentException if the call has no argument of that name
         */
        public int intArg(String argument) {
            return (int) arg(argument);
        }

        @Override
        public Kind kind() {
            return Kind.SYSCALL_ENTER;
        }

        @Override
        public void accept(TraceVisitor visitor) {
            visitor.syscallEnter(this);
        }
    }

    /**
     * {@code sys_NAME -> RESULT}: a system call ended.
     *
     * @param context where and when; {@link #pid()} is the caller
     * @param syscall which call
     * @param result what it returned: a negative errno or the value; a pid is numbered by the caller's namespace
     */
    record SyscallExit(Context context, Syscall syscall, long result) implements TraceEvent {
        @Override
        public Kind kind() {
            return Kind.SYSCALL_EXIT;
        }

        @Override
        public void accept(TraceVisitor visitor) {
            visitor.syscallExit(this);
        }
    }
}

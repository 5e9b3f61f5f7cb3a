package org.jurcu.task.load;

import org.jurcu.task.load.Action.Outcome;
import org.jurcu.task.trace.SignalResult;
import org.jurcu.task.trace.Syscall;

/**
 * The simulated stops: a tracee's, of which its tracer is told, and those of job control, of which a parent is told that may ask
 * for them. Whoever has had it from a wait lets the task go on.
 */
final class Stops {
    private static final int SIGCHLD = 17;
    private static final int CLD_CONTINUED = 6;
    private static final int PTRACE_DETACH = 17;
    private static final int DETACH_ONE_IN = 8;

    /** Why a task is stopped: the code of its SIGCHLD, and how the scheduler calls it. */
    enum Stop {
        /** {@code ptrace_stop}. */
        TRAPPED(4, "t"),
        /** {@code do_signal_stop}. */
        STOPPED(5, "T");

        final int code;
        final String state;

        Stop(int code, String state) {
            this.code = code;
            this.state = state;
        }
    }

    private final Machine machine;
    private final Dice dice;
    private final Recorder recorder;

    Stops(Machine machine, Dice dice, Recorder recorder) {
        this.machine = machine;
        this.dice = dice;
        this.recorder = recorder;
    }

    /** {@code ptrace_stop}: nothing for one that nobody traces. */
    Outcome trap(SimTask current, Cpu cpu) {
        return current.tracer == null ? Outcome.DONE : stop(current, cpu, Stop.TRAPPED);
    }

    /** Takes SIGSTOP, and SIGCONT later. */
    Outcome stopAndContinue(SimTask current, Cpu cpu) {
        current.first((t, c) -> {
            tell(c, t.parent, CLD_CONTINUED);
            return Outcome.DONE;
        });
        return stop(current, cpu, Stop.STOPPED);
    }

    private Outcome stop(SimTask current, Cpu cpu, Stop why) {
        current.stop = why;
        tell(cpu, current.told(), why.code);
        return Outcome.STOP;
    }

    /** {@code do_notify_parent_cldstop}: wakes also one that ignores it. */
    private void tell(Cpu cpu, SimTask parent, int code) {
        if (parent.group.sigchld != SimGroup.Sigchld.IGNORE) {
            recorder.signal(cpu, SIGCHLD, code, parent, SignalResult.DELIVERED);
        }
        parent.group.threads.forEach(machine::wake);
    }

    /** {@code wait_task_stopped}: whether {@code child}, not another's tracee, is to be reported. */
    static boolean isReported(SimTask child, int options) {
        return child.stop == Stop.TRAPPED
                ? child.tracer != null
                : child.stop == Stop.STOPPED && (options & Waits.WUNTRACED) != 0;
    }

    /** Of what a wait has reported: {@code PTRACE_DETACH} now and then; {@code PTRACE_CONT} and SIGCONT, which leave no event. */
    Action answer(SimTask stopped) {
        return (current, cpu) -> {
            if (stopped.stop == Stop.TRAPPED && dice.oneIn(DETACH_ONE_IN)) {
                recorder.enter(cpu, Syscall.PTRACE, PTRACE_DETACH, stopped.numberIn(current.ns), 0, 0);
                Traces.unlink(stopped);
            }
            goOn(stopped);
            return Outcome.DONE;
        };
    }

    /** It runs on. */
    void goOn(SimTask task) {
        if (task.stop != null) {
            task.stop = null;
            machine.wake(task);
        }
    }
}

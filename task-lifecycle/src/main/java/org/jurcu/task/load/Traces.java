package org.jurcu.task.load;

import java.util.ArrayList;
import java.util.List;
import org.jurcu.task.load.Action.Outcome;
import org.jurcu.task.trace.Syscall;

/** The simulated ptrace: who traces whom, by {@code PTRACE_TRACEME} and {@code PTRACE_SEIZE}. */
final class Traces {
    private static final int TRACEME = 0;
    private static final int SEIZE = 0x4206;

    private final Machine machine;
    private final Recorder recorder;

    Traces(Machine machine, Recorder recorder) {
        this.machine = machine;
        this.recorder = recorder;
    }

    /** {@code PTRACE_TRACEME}. */
    Outcome traceme(SimTask current, Cpu cpu) {
        recorder.enter(cpu, Syscall.PTRACE, TRACEME, 0, 0, 0);
        link(current, current.parent);
        return Outcome.DONE;
    }

    /** {@code PTRACE_SEIZE} of one that lives and that nobody traces. */
    Action seize(SimTask tracee) {
        return (current, cpu) -> {
            recorder.enter(cpu, Syscall.PTRACE, SEIZE, tracee.numberIn(current.ns), 0, 0);
            link(tracee, current);
            machine.wake(tracee); // one that waited for its tracer
            return Outcome.DONE;
        };
    }

    /** Sleeps until it is traced, or was: the tracer may have gone by then. */
    static Outcome untilTraced(SimTask current, Cpu cpu) {
        return current.wasTraced ? Outcome.DONE : Outcome.SLEEP;
    }

    private static void link(SimTask tracee, SimTask tracer) {
        if (tracee.tracer != null || tracee.exitState != SimTask.ExitState.ALIVE) {
            throw new IllegalStateException("what is traced already, or has exited, cannot be traced");
        }
        tracee.tracer = tracer;
        tracee.wasTraced = true;
        tracer.tracees.add(tracee);
    }

    /** {@code __ptrace_unlink}; no effect on one that nobody traces. */
    static void unlink(SimTask tracee) {
        if (tracee.tracer != null) {
            tracee.tracer.tracees.remove(tracee);
            tracee.tracer = null;
        }
    }

    /** {@code exit_ptrace}: all tracees of {@code tracer} are let go; returns them, in the order in which they were traced. */
    static List<SimTask> letGo(SimTask tracer) {
        List<SimTask> tracees = new ArrayList<>(tracer.tracees);
        tracees.forEach(Traces::unlink);
        return tracees;
    }
}

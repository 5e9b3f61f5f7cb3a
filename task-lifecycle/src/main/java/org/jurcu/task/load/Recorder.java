package org.jurcu.task.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jurcu.task.trace.GroupDead;
import org.jurcu.task.trace.SignalResult;
import org.jurcu.task.trace.Syscall;
import org.jurcu.task.trace.TraceEvent;

/** Makes the events of what happens, with times that never go backwards, and gives them to the writer. */
final class Recorder {
    /** Takes the events. */
    interface Sink {
        void accept(TraceEvent event) throws IOException;
    }

    private static final int PRIO = 120;
    private static final String IDLE = "<idle>";
    private static final long BOOT = 100_000_000_000L;

    private final Sink sink;
    private final long firstLine;
    private long clock = BOOT;
    private long events;

    Recorder(Sink sink, long firstLine) {
        this.sink = sink;
        this.firstLine = firstLine;
    }

    long clock() {
        return clock;
    }

    long events() {
        return events;
    }

    long nanos() {
        return clock - BOOT;
    }

    void advanceTo(long time) {
        clock = Math.max(clock, time);
    }

    private void record(TraceEvent event) {
        try {
            sink.accept(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        events++;
        clock += 1000;
    }

    private TraceEvent.Context context(Cpu cpu, SimTask task) {
        long micros = clock / 1000 * 1000; // what ftrace's text keeps
        return task == null
                ? new TraceEvent.Context(cpu.id, 0, IDLE, micros, firstLine + events)
                : new TraceEvent.Context(cpu.id, task.pid(), task.comm, micros, firstLine + events);
    }

    private TraceEvent.Context context(Cpu cpu) {
        return context(cpu, cpu.current);
    }

    void newTask(Cpu cpu, SimTask child, long flags) {
        record(new TraceEvent.NewTask(context(cpu), child.pid(), child.comm, flags));
    }

    void fork(Cpu cpu, SimTask parent, SimTask child) {
        record(new TraceEvent.Fork(context(cpu), parent.pid(), parent.comm, child.pid(), child.comm));
    }

    void exec(Cpu cpu, SimTask task, int oldPid) {
        record(new TraceEvent.Exec(context(cpu), "/usr/bin/" + task.comm, task.pid(), oldPid));
    }

    void exit(Cpu cpu, SimTask task, boolean groupDead) {
        record(new TraceEvent.Exit(context(cpu), task.pid(), task.comm, groupDead ? GroupDead.YES : GroupDead.NO));
    }

    void waiting(Cpu cpu, SimTask task, int waitPid) {
        record(new TraceEvent.Wait(context(cpu), task.comm, waitPid));
    }

    void free(Cpu cpu, SimTask task) {
        record(new TraceEvent.Free(context(cpu), task.pid(), task.comm));
    }

    void switching(Cpu cpu, SimTask prev, String prevState, SimTask next) {
        record(new TraceEvent.Switch(
                context(cpu, prev),
                prev == null ? 0 : prev.pid(),
                prev == null ? IDLE : prev.comm,
                PRIO,
                prevState,
                next == null ? 0 : next.pid(),
                next == null ? IDLE : next.comm,
                PRIO));
    }

    void signal(Cpu cpu, int signal, int code, SimTask target, SignalResult result) {
        record(new TraceEvent.SignalGenerate(context(cpu), signal, 0, code, target.pid(), target.comm, true, result));
    }

    void enter(Cpu cpu, Syscall call, long arg0, long arg1, long arg2, long arg3) {
        record(new TraceEvent.SyscallEnter(context(cpu), call, arg0, arg1, arg2, arg3, 0));
    }

    void leave(Cpu cpu, Syscall call, long result) {
        record(new TraceEvent.SyscallExit(context(cpu), call, result));
    }
}

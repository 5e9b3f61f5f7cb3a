package org.jurcu.task.replay;

import java.util.ArrayList;
import java.util.List;
import org.jurcu.task.CountHistory;
import org.jurcu.task.trace.TraceEvent;

/** A thread that acts as a CPU of the recording, and what it plays now. */
abstract class CpuThread extends Thread {
    /** Whoever asks is told of the thread on which he asks. */
    static final CountHistory.Current CURRENT = new CountHistory.Current() {
        @Override
        public int cpu() {
            TraceEvent event = playing();
            return event == null ? -1 : event.cpu();
        }

        @Override
        public int task() {
            TraceEvent event = playing();
            return event == null ? 0 : event.pid();
        }

        @Override
        public long timeNanos() {
            TraceEvent event = playing();
            return event == null ? 0 : event.timeNanos();
        }

        @Override
        public long line() {
            TraceEvent event = playing();
            return event == null ? 0 : event.line();
        }
    };

    // By this thread only.
    private final List<Told> told = new ArrayList<>();

    CpuThread(String name) {
        super(name);
        setDaemon(true);
    }

    /** On this thread: the event for which it does what it does now, or null. */
    abstract TraceEvent event();

    /** What the calling thread, which acts as a CPU, is told from now on. */
    static CpuThread beginTelling() {
        CpuThread thread = (CpuThread) Thread.currentThread();
        thread.told.clear();
        return thread;
    }

    final void told(Told what) {
        told.add(what);
    }

    /** Since {@link #beginTelling}. */
    final List<Told> told() {
        return told.isEmpty() ? List.of() : List.copyOf(told);
    }

    /** The recording's time of what the calling thread plays, or {@code otherwise} if it plays nothing. */
    static long timeOr(long otherwise) {
        TraceEvent event = playing();
        return event == null ? otherwise : event.timeNanos();
    }

    private static TraceEvent playing() {
        return Thread.currentThread() instanceof CpuThread cpu ? cpu.event() : null;
    }
}

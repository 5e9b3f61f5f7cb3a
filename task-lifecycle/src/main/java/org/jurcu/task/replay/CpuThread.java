package org.jurcu.task.replay;

import org.jurcu.task.CountHistory;
import org.jurcu.task.trace.TraceEvent;

/** The thread that acts as one CPU of the recording, and what it plays now. */
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

    /** Read by this thread only. */
    private TraceEvent event;

    CpuThread(int cpu) {
        super("jurcu-replay-cpu" + cpu);
        setDaemon(true);
    }

    /** On this thread: what it does from now on is done for {@code played}. */
    final void plays(TraceEvent played) {
        event = played;
    }

    private static TraceEvent playing() {
        return Thread.currentThread() instanceof CpuThread cpu ? cpu.event : null;
    }
}

package org.jurcu.task.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jurcu.task.trace.TraceEvent;

/**
 * One thread a CPU of the recording; each plays its CPU's events in its turn, and the turns follow the recording.
 *
 * <p>A turn goes out and comes back by a semaphore, so all that a turn did happens-before the next one.
 */
final class CpuThreads implements AutoCloseable {
    private final Player player;
    private final Map<Integer, TurnThread> cpus = new HashMap<>();

    CpuThreads(Player player) {
        this.player = player;
    }

    int count() {
        return cpus.size();
    }

    /** Plays events of one CPU on its thread and returns when they are done. */
    void play(int cpu, List<TraceEvent> events) {
        cpus.computeIfAbsent(cpu, TurnThread::new).turn(events);
    }

    @Override
    public void close() {
        cpus.values().forEach(TurnThread::end);
    }

    private final class TurnThread extends CpuThread {
        private final Semaphore go = new Semaphore(0);
        private final Semaphore done = new Semaphore(0);
        private List<TraceEvent> events = new ArrayList<>();
        private TraceEvent playing; // by this thread only
        private Throwable failure;

        TurnThread(int cpu) {
            super("jurcu-replay-cpu" + cpu);
            start();
        }

        @Override
        TraceEvent event() {
            return playing;
        }

        void turn(List<TraceEvent> turn) {
            events = turn;
            go.release();
            done.acquireUninterruptibly();
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
        }

        void end() {
            events = null;
            go.release();
            Join.uninterruptibly(this);
        }

        @Override
        public void run() {
            for (; ; ) {
                go.acquireUninterruptibly();
                if (events == null) {
                    return;
                }
                try {
                    for (TraceEvent event : events) {
                        playing = event;
                        player.play(event);
                    }
                    playing = null;
                } catch (RuntimeException | Error e) {
                    failure = e;
                } finally {
                    done.release();
                }
            }
        }
    }
}

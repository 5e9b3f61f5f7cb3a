package org.jurcu.task.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jurcu.task.trace.TraceEvent;
import org.jurcu.task.trace.TraceReader;

/** Reads a recording on a thread of its own, some batches ahead of whoever takes them. */
final class EventFeed implements AutoCloseable {
    private static final int BATCH = 512;
    private static final int BATCHES_AHEAD = 8;

    /** What was read; an empty one is the last, and says whether the recording ended or broke off. */
    private record Batch(List<TraceEvent> events, Throwable failure) {}

    private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(BATCHES_AHEAD);
    private final Thread thread;

    /** Goes on after {@code first}, which has been read. */
    EventFeed(TraceReader trace, TraceEvent first) {
        thread = new Thread(() -> read(trace, first), "jurcu-replay-parser");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(TraceReader trace, TraceEvent first) {
        Throwable failure = null;
        try {
            List<TraceEvent> events = new ArrayList<>(BATCH);
            for (TraceEvent event = first; event != null; event = trace.next()) {
                events.add(event);
                if (events.size() == BATCH) {
                    batches.put(new Batch(events, null));
                    events = new ArrayList<>(BATCH);
                }
            }
            if (!events.isEmpty()) {
                batches.put(new Batch(events, null));
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        } catch (InterruptedException e) {
            return; // closed: nobody takes any more
        }
        try {
            batches.put(new Batch(List.of(), failure));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /**
     * The next events, none at the end.
     *
     * @throws IOException as the reader threw it
     */
    List<TraceEvent> next() throws IOException {
        Batch batch = takeUninterruptibly();
        if (batch.failure instanceof IOException e) {
            throw e;
        }
        if (batch.failure instanceof RuntimeException e) {
            throw e;
        }
        if (batch.failure instanceof Error e) {
            throw e;
        }
        return batch.events;
    }

    private Batch takeUninterruptibly() {
        boolean interrupted = false;
        try {
            for (; ; ) {
                try {
                    return batches.take();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the thread, which may be in the middle of a read: it reads no further than that. */
    @Override
    public void close() {
        thread.interrupt();
        Join.uninterruptibly(thread);
    }
}

package org.jurcu.benchmarks;

import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A bare JCTools queue and a thread that empties it: a reclaimer that waits for nobody. */
@State(Scope.Benchmark)
public class BareReclaimer {
    private static final int MOST_THREADS = 16;

    private final MpscVarHandleArrayQueue<Recycled> queue = new MpscVarHandleArrayQueue<>(Pool.SIZE * MOST_THREADS);
    private volatile boolean stop;
    private Thread thread;

    /** Starts the thread. */
    @Setup(Level.Trial)
    public void start() {
        thread = new Thread(this::run, "bare-reclaimer");
        thread.setDaemon(true);
        thread.start();
    }

    /** Empties the queue and ends the thread. */
    @TearDown(Level.Trial)
    public void stop() throws InterruptedException {
        stop = true;
        thread.join();
    }

    void offer(Recycled object) {
        if (!queue.offer(object)) {
            throw new IllegalStateException("the floor's queue holds the objects of " + MOST_THREADS + " threads");
        }
    }

    @SuppressWarnings(
            "ThreadPriorityCheck") // correct without: the yield is for machines with fewer processors than threads
    private void run() {
        boolean last;
        do {
            last = stop;
            if (queue.drain(Recycled::invoke) == 0) {
                Thread.yield();
            }
        } while (!last);
    }
}

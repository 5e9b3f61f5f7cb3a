package org.jurcu.benchmarks;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A measuring thread's own objects, all of them idle and with one user each when a burst of last puts begins. */
@State(Scope.Thread)
public class Burst {
    /** Enough that the clock around a burst costs nothing, few enough that a queue takes them all. */
    static final int SIZE = 4096;

    final Recycled[] objects = new Recycled[SIZE];
    // Written by the one thread that invokes, read by the owner.
    private final PaddedCell invoked = new PaddedCell(0);
    private long queued;

    /** Makes the objects. */
    @Setup(Level.Trial)
    public void fill() {
        for (int i = 0; i < SIZE; i++) {
            objects[i] = new Recycled(i, o -> invoked.storeReleaseLong(invoked.loadVolatileLong() + 1));
        }
    }

    /** Waits until the last burst has come back, so that a burst never meets its own objects, and gives each its user. */
    @Setup(Level.Invocation)
    @SuppressWarnings("ThreadPriorityCheck") // correct without: on two processors the reclaimer may want this one
    public void await() {
        while (invoked.loadVolatileLong() != queued) {
            Thread.yield();
        }
        for (Recycled object : objects) {
            object.users.init(1);
        }
        queued += SIZE;
    }
}

package org.jurcu.benchmarks;

import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Control;

/** A measuring thread's own objects, each of which comes back to it when its callback runs. */
@State(Scope.Thread)
public class Pool {
    /** Enough that the batch of a grace period is large, few enough that their words stay in the second-level cache. */
    static final int SIZE = 4096;

    // One consumer, the owner; one producer, the reclaimer.
    private final SpscVarHandleArrayQueue<Recycled> idle = new SpscVarHandleArrayQueue<>(SIZE);

    /** Makes the objects, all of them idle. */
    @Setup(Level.Trial)
    public void fill() {
        for (int i = 0; i < SIZE; i++) {
            giveBack(new Recycled(i, this::giveBack));
        }
    }

    /** Takes an idle object; waits for one until the measurement ends, and then returns null. */
    @SuppressWarnings("ThreadPriorityCheck") // correct without: on two processors the reclaimer may want this one
    Recycled take(Control control) {
        Recycled object;
        while ((object = idle.poll()) == null && !control.stopMeasurement) {
            Thread.yield();
        }
        return object;
    }

    private void giveBack(Recycled object) {
        if (!idle.offer(object)) {
            throw new IllegalStateException("more objects came back than there are: one was invoked twice");
        }
    }
}

package org.jurcu.benchmarks;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One callback, whose owner waits for it before it uses it again. */
@State(Scope.Thread)
public class SingleHead {
    private static final int SPINS = 1000;

    private final PaddedCell invocations = new PaddedCell(0);
    private long awaited;
    final Recycled head = new Recycled(0, o -> invocations.storeReleaseLong(invocations.loadVolatileLong() + 1));

    /** Waits until the head was invoked once more. It does not end with the measurement: the head is still under way. */
    @SuppressWarnings("ThreadPriorityCheck") // correct without: the reclaimer may want this processor
    void await() {
        awaited++;
        for (int round = 0; invocations.loadVolatileLong() != awaited; round++) {
            if (round < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }
}

package org.jurcu.task.replay;

import java.util.concurrent.locks.LockSupport;

/** Waiting for another thread's progress: spins, then yields, then parks for ever longer up to a millisecond. One thread's. */
final class Backoff {
    private static final int SPINS = 64;
    private static final int YIELDS = 64;
    private static final long FIRST_PARK_NANOS = 20_000;
    private static final long LAST_PARK_NANOS = 1_000_000;

    private int round;
    private long park = FIRST_PARK_NANOS;

    /** There was progress. */
    void reset() {
        round = 0;
        park = FIRST_PARK_NANOS;
    }

    @SuppressWarnings("ThreadPriorityCheck") // correct without: whoever is waited for may want this processor
    void pause() {
        if (round < SPINS) {
            round++;
            Thread.onSpinWait();
        } else if (round < SPINS + YIELDS) {
            round++;
            Thread.yield();
        } else {
            LockSupport.parkNanos(park);
            park = Math.min(2 * park, LAST_PARK_NANOS);
        }
    }

    /** Whether it has come to parking. */
    boolean isLong() {
        return round == SPINS + YIELDS;
    }
}

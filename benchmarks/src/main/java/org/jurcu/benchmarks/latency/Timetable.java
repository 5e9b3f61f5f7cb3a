package org.jurcu.benchmarks.latency;

import java.util.function.LongSupplier;

/**
 * Begins operations at fixed times, one every so many nanoseconds. One that is late, because the one before took too long,
 * begins at once, and is told when it was due.
 */
final class Timetable {
    private static final int PATIENCE = 3;

    private final LongSupplier clock;
    private final long interval;

    /** Reads nanoseconds from {@code clock}. */
    Timetable(LongSupplier clock, long interval) {
        this.clock = clock;
        this.interval = interval;
    }

    /**
     * Begins all operations that are due within {@code nanos}, and returns how late the last one began. It gives up when that
     * has taken several times as long: then the operations take longer than the interval.
     */
    long run(Operation operation, long nanos) {
        long due = clock.getAsLong();
        long late = 0;
        for (long left = Math.max(1, nanos / interval); left > 0 && late < PATIENCE * nanos; left--) {
            due += interval;
            late = clock.getAsLong() - due;
            // It spins, since a sleeping thread wakes up later than it asked for, by more than most operations take.
            while (late < 0) {
                Thread.onSpinWait();
                late = clock.getAsLong() - due;
            }
            operation.begin(due);
        }
        return late;
    }

    /**
     * Begins operations one behind the other: for a compiler that is to see them often, and for readers who do nothing and are
     * struck off the list after so many grace periods. It takes {@code nanos}, and longer until it has begun {@code least}, but not
     * longer than {@code most}.
     */
    void rush(Operation operation, long nanos, long least, long most) {
        long begin = clock.getAsLong();
        long begun = 0;
        for (long now = begin; now - begin < (begun < least ? most : nanos); now = clock.getAsLong()) {
            operation.begin(now);
            begun++;
        }
    }
}

package org.jurcu.benchmarks.latency;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/** What was measured: from the moment when an operation was due to the moment when it was done, on any thread. */
final class Latencies {
    /** What takes longer counts as that long; nothing that is alive does. */
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);

    private static final int DIGITS = 3;

    private final LongSupplier clock;
    // Of fixed size, so that recording allocates nothing.
    private final AtomicHistogram histogram = new AtomicHistogram(LONGEST, DIGITS);

    Latencies(LongSupplier clock) {
        this.clock = clock;
    }

    /** Records an operation that has just ended. */
    void ended(long due) {
        histogram.recordValue(Math.min(LONGEST, Math.max(0, clock.getAsLong() - due)));
    }

    /** Forgets what was recorded; nobody may be recording. */
    void clear() {
        histogram.reset();
    }

    /** Returns a copy of what was recorded. */
    Histogram all() {
        Histogram copy = new Histogram(LONGEST, DIGITS);
        copy.add(histogram);
        return copy;
    }
}

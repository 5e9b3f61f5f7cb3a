package org.jurcu.stress.campaign.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How JMH spends its time. A fork costs a JVM and the profiler, about 0.8 s before the first operation.
 *
 * @param warmups iterations before any is measured
 * @param iterations measured
 * @param millis per iteration of either sort
 */
record BenchPlan(int warmups, int iterations, long millis) {
    private static final int WARMUPS = 2;
    private static final int ITERATIONS = 5;
    private static final double FORK_SECONDS = 0.8;
    private static final long MIN_MILLIS = 30;
    private static final long MAX_MILLIS = 5_000;

    /** Spreads {@code budget} over {@code runs}; a budget that is too small for them is exceeded. */
    static BenchPlan within(Duration budget, int runs) {
        double each = budget.toMillis() / 1000.0 / Math.max(1, runs) - FORK_SECONDS;
        long millis = Math.round(each * 1000 / (WARMUPS + ITERATIONS));
        return new BenchPlan(WARMUPS, ITERATIONS, Math.min(MAX_MILLIS, Math.max(MIN_MILLIS, millis)));
    }

    List<String> options() {
        return new ArrayList<>(List.of(
                "-f",
                "1",
                "-wi",
                Integer.toString(warmups),
                "-w",
                millis + "ms",
                "-i",
                Integer.toString(iterations),
                "-r",
                millis + "ms",
                "-prof",
                "gc",
                "-foe",
                "false"));
    }

    /** Returns when {@code runs} have certainly hung: several times what they should take. */
    Duration limit(int runs) {
        double seconds = runs * (FORK_SECONDS + (warmups + iterations) * millis / 1000.0);
        return Duration.ofSeconds(120 + Math.round(5 * seconds));
    }
}

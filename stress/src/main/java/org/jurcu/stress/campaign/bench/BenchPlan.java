package org.jurcu.stress.campaign.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How JMH spends its time. A fork costs a JVM and the profiler, about 0.8 s before the first operation. Forks differ more
 * than iterations do, so more time goes into more forks first, once an iteration is long enough to be one.
 *
 * @param forks JVMs for each measurement
 * @param warmups iterations before any is measured
 * @param iterations measured
 * @param millis per iteration of either sort
 */
record BenchPlan(int forks, int warmups, int iterations, long millis) {
    private static final int WARMUPS = 2;
    private static final int ITERATIONS = 5;
    private static final double FORK_SECONDS = 0.8;
    private static final int MOST_FORKS = 5;
    private static final long GOOD_MILLIS = 200;
    private static final long MIN_MILLIS = 30;
    private static final long MAX_MILLIS = 5_000;

    /** Spreads {@code budget} over {@code runs}; a budget that is too small for them is exceeded. */
    static BenchPlan within(Duration budget, int runs) {
        double each = budget.toMillis() / 1000.0 / Math.max(1, runs);
        double goodFork = FORK_SECONDS + (WARMUPS + ITERATIONS) * GOOD_MILLIS / 1000.0;
        int forks = (int) Math.min(MOST_FORKS, Math.max(1, Math.floor(each / goodFork)));
        long millis = Math.round((each / forks - FORK_SECONDS) * 1000 / (WARMUPS + ITERATIONS));
        return new BenchPlan(forks, WARMUPS, ITERATIONS, Math.min(MAX_MILLIS, Math.max(MIN_MILLIS, millis)));
    }

    List<String> options() {
        return new ArrayList<>(List.of(
                "-f",
                Integer.toString(forks),
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
        double seconds = runs * forks * (FORK_SECONDS + (warmups + iterations) * millis / 1000.0);
        return Duration.ofSeconds(120 + Math.round(5 * seconds));
    }
}

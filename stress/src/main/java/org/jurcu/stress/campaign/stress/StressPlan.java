package org.jurcu.stress.campaign.stress;

import java.time.Duration;
import java.util.List;
import org.jurcu.stress.campaign.process.JavaCommand;

/**
 * How the time for jcstress tests is spent: in how many configurations each is tried, and how long it samples in each.
 *
 * <p>The wide plan is jcstress' own: all its JVM options and compilers (14 of them, and 28 on JDK 17, which has biased
 * locking to switch), each in a JVM of its own, which costs a second of two processors before the first sample. It is
 * taken once each configuration would get a second of sampling. Otherwise there is one configuration, C2 alone, and a
 * JVM is shared by many tests; see {@link SharedRun}.
 *
 * @param wide whether jcstress tries all its JVM options and compilers
 * @param iterations per configuration
 * @param millis per iteration
 */
record StressPlan(boolean wide, int iterations, long millis) {
    private static final int WIDE_ITERATIONS = 3;

    /** Each has threads of its own: where others take turns with them on a processor, they are not always out of step. */
    private static final int SHARED_ITERATIONS = 5;

    private static final double JVM_SECONDS = 1;
    private static final double FORK_SECONDS = 1;

    /** What a test costs in a JVM that is there already: its threads, jcstress' own checks, C2. */
    private static final double TEST_SECONDS = 0.2;

    private static final int WIDE_CONFIGURATIONS = biasedLocking() ? 28 : 14;
    private static final long MIN_MILLIS = 20;
    private static final long MAX_MILLIS = 60_000;
    private static final double WIDE_SECONDS = 1;

    /** Iterations so long are worth a JVM for each class of tests. */
    private static final long JVM_OF_ITS_OWN_MILLIS = 60;

    /** Spreads {@code budget} over {@code tests}; a budget that is too small for them is exceeded. */
    static StressPlan within(Duration budget, int tests) {
        double each = budget.toMillis() / 1000.0 / Math.max(1, tests);
        boolean wide = each / WIDE_CONFIGURATIONS - FORK_SECONDS >= WIDE_SECONDS;
        double sampling = wide ? each / WIDE_CONFIGURATIONS - FORK_SECONDS : each - TEST_SECONDS;
        int iterations = wide ? WIDE_ITERATIONS : SHARED_ITERATIONS;
        long millis = Math.round(sampling * 1000 / iterations);
        return new StressPlan(wide, iterations, Math.min(MAX_MILLIS, Math.max(MIN_MILLIS, millis)));
    }

    /** Returns whether each class of tests gets a JVM of its own; else there is one for all twins, and one for the others. */
    boolean perClass() {
        return millis >= JVM_OF_ITS_OWN_MILLIS;
    }

    /** Returns the plan for a twin's next chance: {@code factor} times as long in each configuration. */
    StressPlan longer(int factor) {
        return new StressPlan(wide, iterations, Math.min(MAX_MILLIS, millis * factor));
    }

    /** Returns the plan for tests that get {@code factor} times the time of others. */
    StressPlan times(double factor) {
        return new StressPlan(
                wide, iterations, Math.min(MAX_MILLIS, Math.max(MIN_MILLIS, Math.round(millis * factor))));
    }

    /** Returns the options of jcstress for the wide plan. */
    List<String> wideOptions() {
        return List.of(
                "-iters",
                Integer.toString(iterations),
                "-time",
                Long.toString(millis),
                "-f",
                "1",
                "-pth",
                "false",
                "-hs",
                "128",
                "-jvmArgsPrepend",
                String.join(" ", JavaCommand.forked()));
    }

    /** Returns the options of a JVM that tests share: C2 alone reorders most, and no time is lost in slower code. */
    List<String> sharedOptions() {
        List<String> options = JavaCommand.forked();
        options.addAll(List.of("-Xms256m", "-Xmx256m", "-XX:-TieredCompilation", "-XX:-RestrictContended"));
        return options;
    }

    /** Returns when a run of {@code tests} has certainly hung: several times what it should take. */
    Duration limit(int tests) {
        double sampling = iterations * millis / 1000.0;
        double each = wide ? WIDE_CONFIGURATIONS * (FORK_SECONDS + sampling) : TEST_SECONDS + sampling;
        return Duration.ofSeconds(120 + Math.round(5 * (JVM_SECONDS + tests * each)));
    }

    private static boolean biasedLocking() {
        return Runtime.version().feature() < 18;
    }
}

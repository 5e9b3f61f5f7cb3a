package org.jurcu.stress.campaign.stress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jurcu.stress.campaign.process.JavaCommand;

/**
 * How jcstress spends its time: how many configurations it tries and how long it samples in each.
 *
 * <p>A configuration costs a JVM, about 0.45 s of two processors before the first sample; it would be twice that if
 * jcstress touched all of a large heap first. One set of JVM options gives
 * one configuration a test (two on JDK 17, which has biased locking to switch); the automatic sets with split
 * compilation give 14 (28). Hence the wide plan only when each of its configurations gets a second of sampling.
 *
 * @param wide whether jcstress tries all its JVM options and compilers
 * @param iterations per configuration
 * @param millis per iteration
 */
record StressPlan(boolean wide, int iterations, long millis) {
    private static final int ITERATIONS = 3;
    private static final double STARTUP_SECONDS = 5;
    private static final double FORK_SECONDS = 0.45;
    private static final int NARROW_CONFIGURATIONS = biasedLocking() ? 2 : 1;
    private static final int WIDE_CONFIGURATIONS = biasedLocking() ? 28 : 14;
    private static final long MIN_MILLIS = 30;
    private static final long MAX_MILLIS = 60_000;
    private static final double WIDE_SECONDS = 1;

    /** Spreads {@code budget} over {@code tests}; a budget that is too small for them is exceeded. */
    static StressPlan within(Duration budget, int tests) {
        double each = (budget.toMillis() / 1000.0 - STARTUP_SECONDS) / Math.max(1, tests);
        boolean wide = each / WIDE_CONFIGURATIONS - FORK_SECONDS >= WIDE_SECONDS;
        double sampling = each / (wide ? WIDE_CONFIGURATIONS : NARROW_CONFIGURATIONS) - FORK_SECONDS;
        long millis = Math.round(sampling * 1000 / ITERATIONS);
        return new StressPlan(wide, ITERATIONS, Math.min(MAX_MILLIS, Math.max(MIN_MILLIS, millis)));
    }

    /** Returns the plan for a twin's next chance: {@code factor} times as long in each configuration. */
    StressPlan longer(int factor) {
        return new StressPlan(wide, iterations, Math.min(MAX_MILLIS, millis * factor));
    }

    /** Returns jcstress' options. */
    List<String> options() {
        List<String> options = new ArrayList<>(List.of(
                "-iters",
                Integer.toString(iterations),
                "-time",
                Long.toString(millis),
                "-f",
                "1",
                "-pth",
                "false",
                "-hs",
                "128"));
        if (wide) {
            options.addAll(List.of("-jvmArgsPrepend", String.join(" ", JavaCommand.forked())));
        } else {
            // C2 alone: it reorders most, and no time is lost in slower code.
            List<String> jvm = JavaCommand.forked();
            jvm.add("-XX:-TieredCompilation");
            options.addAll(List.of("-sc", "false", "-jvmArgs", String.join(" ", jvm)));
        }
        return options;
    }

    /** Returns when a run of {@code tests} has certainly hung: several times what it should take. */
    Duration limit(int tests) {
        int configurations = tests * (wide ? WIDE_CONFIGURATIONS : NARROW_CONFIGURATIONS);
        double seconds = STARTUP_SECONDS + configurations * (FORK_SECONDS + iterations * millis / 1000.0);
        return Duration.ofSeconds(120 + Math.round(5 * seconds));
    }

    private static boolean biasedLocking() {
        return Runtime.version().feature() < 18;
    }
}

package org.jurcu.task.load;

import java.util.Objects;

/**
 * What to generate.
 *
 * @param seed chooses everything that is left to chance: the same options give the same bytes
 * @param cpus of the simulated machine, 1 to 8192
 * @param tasks how many forks there are, 1 to 100,000,000
 * @param mix how often each path is taken
 * @param pidMax numbers end before it; a small one makes their reuse bite
 */
public record LoadOptions(long seed, int cpus, int tasks, Mix mix, int pidMax) {
    /** What 32-bit kernels begin with. */
    public static final int PID_MAX = 32768;

    private static final int MOST_PIDS = 4 * 1024 * 1024;
    private static final int MOST_CPUS = 8192;
    private static final int MOST_TASKS = 100_000_000;
    private static final int MOST_DRIVERS = 256;

    /** Numbers that one driver and its jobs may hold at once. */
    private static final int PIDS_A_DRIVER = 96;

    private static final int RESERVED_PIDS = 300;

    /** Checks the ranges. */
    public LoadOptions {
        Objects.requireNonNull(mix, "name a mix: Mix.all() has every path");
        check(cpus >= 1 && cpus <= MOST_CPUS, "a machine has 1 to " + MOST_CPUS + " CPUs, not " + cpus);
        check(tasks >= 1 && tasks <= MOST_TASKS, "tasks must be 1 to " + MOST_TASKS + ", not " + tasks);
        int least = RESERVED_PIDS + driversOf(cpus) * PIDS_A_DRIVER;
        check(
                pidMax >= least && pidMax <= MOST_PIDS,
                "the largest pid must be " + least + " to " + MOST_PIDS + " for " + cpus + " CPUs, not " + pidMax);
    }

    /** Every path, numbers up to {@link #PID_MAX}. */
    public static LoadOptions of(long seed, int cpus, int tasks) {
        return new LoadOptions(seed, cpus, tasks, Mix.all(), PID_MAX);
    }

    private static void check(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static int driversOf(int cpus) {
        return Math.min(cpus + 1, MOST_DRIVERS);
    }

    /** Processes that start jobs, so that every CPU has something to do. */
    int drivers() {
        return driversOf(cpus);
    }
}

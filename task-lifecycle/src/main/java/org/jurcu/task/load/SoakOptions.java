package org.jurcu.task.load;

import java.time.Duration;
import java.util.Objects;
import org.jurcu.task.TaskLayout;

/**
 * How the soak runs. It ends when all lifetimes are done or the time is up, whichever comes first.
 *
 * @param cpus threads that act as CPUs, 1 to 1024
 * @param readers threads that look tasks up and hold them meanwhile, 0 to 1024
 * @param layout how each task keeps {@code rcu_users} and {@code rcu_head}
 * @param seed chooses which path each lifetime takes
 * @param lifetimes how many tasks are born and die, at least 1; {@link Long#MAX_VALUE} if only the time ends it
 * @param time how long at most
 * @param interval how often the watcher is called
 */
public record SoakOptions(
        int cpus, int readers, TaskLayout layout, long seed, long lifetimes, Duration time, Duration interval) {
    private static final int MOST_THREADS = 1024;

    /** Checks the ranges. */
    public SoakOptions {
        Objects.requireNonNull(layout, "name a layout: TaskLayout.TAGGED is the default");
        check(cpus >= 1 && cpus <= MOST_THREADS, "cpus must be 1 to " + MOST_THREADS + ", not " + cpus);
        check(readers >= 0 && readers <= MOST_THREADS, "readers must be 0 to " + MOST_THREADS + ", not " + readers);
        check(lifetimes >= 1, "there must be at least 1 lifetime, not " + lifetimes);
        check(!time.isNegative() && !time.isZero(), "the time must be more than nothing, not " + time);
        check(!interval.isNegative() && !interval.isZero(), "the interval must be more than nothing, not " + interval);
    }

    /** So many lifetimes, however long they take. */
    public static SoakOptions count(int cpus, int readers, TaskLayout layout, long seed, long lifetimes) {
        return new SoakOptions(cpus, readers, layout, seed, lifetimes, Duration.ofDays(365), Duration.ofSeconds(1));
    }

    private static void check(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}

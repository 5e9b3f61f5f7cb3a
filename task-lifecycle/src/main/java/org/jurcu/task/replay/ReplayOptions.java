package org.jurcu.task.replay;

import java.util.Objects;
import org.jurcu.task.CountHistory;
import org.jurcu.task.TaskLayout;

/**
 * How a recording is replayed.
 *
 * @param readers how many threads walk the pid table and every runqueue's current task under RCU meanwhile; 0 or more
 * @param layout how each task keeps {@code rcu_users} and {@code rcu_head}
 * @param order in what order the events of different CPUs are played
 * @param seed in order {@code RACY} decides who is held up where, by yields and pauses at marked points; 0: nobody is
 * @param history receives every change of a count, or null if the tasks are not watched; for one replay
 */
public record ReplayOptions(int readers, TaskLayout layout, ReplayOrder order, long seed, CountHistory history) {
    /** Two readers, the tagged layout, in the recording's order. */
    public static final ReplayOptions DEFAULT = new ReplayOptions(2, TaskLayout.TAGGED);

    /** Checks the number of readers. */
    public ReplayOptions {
        if (readers < 0 || readers > 1024) {
            throw new IllegalArgumentException("readers must be 0 to 1024, not " + readers);
        }
        Objects.requireNonNull(layout, "name a layout: TaskLayout.TAGGED is the default");
        Objects.requireNonNull(order, "name an order: ReplayOrder.TRACE is the default");
        if (seed != 0 && order != ReplayOrder.RACY) {
            throw new IllegalArgumentException("a seed says who is held up where: it needs the order racy");
        }
    }

    /** In the recording's order; tasks are not watched. */
    public ReplayOptions(int readers, TaskLayout layout) {
        this(readers, layout, ReplayOrder.TRACE, 0, null);
    }

    /** The same, and {@code watcher} is told of every change of a count; see {@link Replay#current}. */
    public ReplayOptions watchedBy(CountHistory watcher) {
        return new ReplayOptions(readers, layout, order, seed, watcher);
    }

    /** The same in order {@code RACY}. */
    public ReplayOptions racy(long perturbedBy) {
        return new ReplayOptions(readers, layout, ReplayOrder.RACY, perturbedBy, history);
    }
}

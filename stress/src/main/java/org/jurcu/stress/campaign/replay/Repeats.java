package org.jurcu.stress.campaign.replay;

import org.jurcu.task.CountHistory;
import org.jurcu.task.replay.Replay;
import org.jurcu.task.replay.ReplayOptions;
import org.jurcu.task.replay.ReplayOrder;

/**
 * How often each recording is replayed, and how each time.
 *
 * @param options the first time; with a seed, later times have the seeds after it
 * @param count how often
 * @param history how many changes of each task's counts are kept, 0 for none
 */
public record Repeats(ReplayOptions options, int count, int history) {
    /** Lifetimes that have ended and whose history is still kept. */
    private static final int LIFETIMES = 4096;

    /** Checks the numbers. */
    public Repeats {
        if (count < 1) {
            throw new IllegalArgumentException("a recording is replayed once or more often, not " + count + " times");
        }
        if (history < 0 || history > 65_536) {
            throw new IllegalArgumentException("a history keeps 0 to 65536 changes, not " + history);
        }
    }

    /** Once, unwatched. */
    public static Repeats once(ReplayOptions options) {
        return new Repeats(options, 1, 0);
    }

    /** The options of a time, from 0. */
    ReplayOptions time(int n) {
        long seed = options.seed() == 0 ? 0 : options.seed() + n;
        ReplayOptions timed = options.order() == ReplayOrder.RACY ? options.racy(seed) : options;
        return history == 0 ? timed : timed.watchedBy(new CountHistory(history, LIFETIMES, Replay.current()));
    }
}

package org.jurcu.task.timeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jurcu.task.CountChange;
import org.jurcu.task.CountHistory;

/**
 * When the model did what, in the recording's time. The reclaimer and the readers play no event and have no time of their
 * own: theirs is that of the latest event that the model had played when they came, by the changes' sequence.
 */
final class ModelTimes {
    private final Map<Long, CountHistory.Lifetime> byLine = new HashMap<>();
    private final Map<Long, Long> times = new HashMap<>();

    ModelTimes(List<CountHistory.Lifetime> lifetimes, long first) {
        List<CountChange> all = new ArrayList<>();
        for (CountHistory.Lifetime life : lifetimes) {
            if (!life.changes().isEmpty() && life.changes().get(0).line() > 0) {
                byLine.put(life.changes().get(0).line(), life);
                all.addAll(life.changes());
            }
        }
        all.sort(Comparator.comparingLong(CountChange::sequence));
        long now = first;
        for (CountChange change : all) {
            now = Math.max(now, change.timeNanos());
            times.put(change.sequence(), change.line() > 0 ? change.timeNanos() : now);
        }
    }

    /** Returns what is known of the lifetime that began with the task's first line or with its fork, or null. */
    CountHistory.Lifetime of(RecordedTask task) {
        CountHistory.Lifetime life = byLine.get(task.line);
        return life != null ? life : byLine.get(task.forkLine);
    }

    long time(CountChange change) {
        return times.get(change.sequence());
    }

    /** The moments of a lifetime that the recording does not show. */
    record Moments(long released, long lastPut, long freed) {}

    /** Returns when it was released, lost its last user, and was freed by the model. */
    Moments moments(CountHistory.Lifetime life, RecordedTask task) {
        long released = RecordedTask.NEVER;
        long lastPut = RecordedTask.NEVER;
        long freed = RecordedTask.NEVER;
        if (life != null) {
            for (CountChange change : life.changes()) {
                if (change.count() == CountChange.Count.RCU_USERS && change.after() < change.before()) {
                    if (change.place().startsWith("Exit.")) {
                        released = time(change);
                    }
                    if (change.after() == 0) { // by whoever was the last, a reader too
                        lastPut = time(change);
                    }
                } else if (change.place().contains("delayedPutTaskStruct")) {
                    freed = time(change);
                }
            }
        }
        return new Moments(released, lastPut, task.exit == RecordedTask.NEVER ? RecordedTask.NEVER : freed);
    }
}

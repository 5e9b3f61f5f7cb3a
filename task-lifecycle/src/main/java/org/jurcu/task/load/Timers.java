package org.jurcu.task.load;

import java.util.PriorityQueue;

/** What happens at a time and not in a task; of the same time, in the order in which it was set up. */
final class Timers {
    static final long NEVER = Long.MAX_VALUE;

    private record Timer(long due, long order, Runnable work) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return due == other.due ? Long.compare(order, other.order) : Long.compare(due, other.due);
        }
    }

    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long order;

    void at(long due, Runnable work) {
        timers.add(new Timer(due, order++, work));
    }

    /** When the next is due, or {@link #NEVER}. */
    long nextDue() {
        Timer next = timers.peek();
        return next == null ? NEVER : next.due;
    }

    void runNext() {
        timers.remove().work.run();
    }
}

package org.jurcu.task;

import java.util.Locale;

/**
 * One change of one task's count, as {@link CountHistory} keeps it.
 *
 * @param sequence its place among all changes of its kernel, from 1: two changes of one task are in this order
 * @param timeNanos when, by the clock of the history's {@link CountHistory.Current}; in a replay the recording's time of
 *     the event that was being played, 0 on a thread that plays none
 * @param line the line of the recording that was being played, or 0
 * @param cpu the CPU that the changing thread acted as, or -1
 * @param current the number of the task that it acted as, or 0
 * @param thread the changing thread's name
 * @param pid the number of the task whose count it is, at the time
 * @param count which count
 * @param before the count before
 * @param after the count after
 * @param place the functions that made the change, the innermost first, as {@code Exit.release < Exit.releaseTask <
 *     Wait.wait4}
 */
public record CountChange(
        long sequence,
        long timeNanos,
        long line,
        int cpu,
        int current,
        String thread,
        int pid,
        Count count,
        int before,
        int after,
        String place) {

    /** Which of a task's two counts. */
    public enum Count {
        /** {@code usage}: who holds the memory. */
        USAGE,
        /** {@code rcu_users}: who can still be found. */
        RCU_USERS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One line for a person. */
    @Override
    public String toString() {
        StringBuilder who = new StringBuilder();
        if (line > 0) {
            who.append(String.format(Locale.ROOT, "%.6f line %d ", timeNanos / 1e9, line));
        }
        if (cpu >= 0) {
            who.append("CPU ").append(cpu).append(" task ").append(current).append(' ');
        }
        return "#" + sequence + " " + who + "[" + thread + "] " + count + " " + before + " -> " + after + " in "
                + place;
    }
}

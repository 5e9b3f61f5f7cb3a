package org.jurcu.rcu;

import java.time.Duration;

/** How old a grace period may become before it is reported: the range and the default are the kernel's. */
final class StallTimeout {
    static final String PROPERTY = "jurcu.stall.timeout";
    static final long SHORTEST_SECONDS = 3;
    static final long LONGEST_SECONDS = 300;
    static final long DEFAULT_SECONDS = 21;

    private StallTimeout() {}

    /** Returns the nanoseconds that the process was told, or the default. */
    static long ofProcess() {
        String told = System.getProperty(PROPERTY);
        if (told == null) {
            return Duration.ofSeconds(DEFAULT_SECONDS).toNanos();
        }
        try {
            return check(Duration.ofSeconds(Long.parseLong(told)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "-D" + PROPERTY + " must be a number of seconds between " + SHORTEST_SECONDS + " and "
                            + LONGEST_SECONDS + ", not \"" + told + "\".",
                    e);
        }
    }

    /** Returns the nanoseconds of {@code time}. */
    static long check(Duration time) {
        if (time.compareTo(Duration.ofSeconds(SHORTEST_SECONDS)) < 0
                || time.compareTo(Duration.ofSeconds(LONGEST_SECONDS)) > 0) {
            throw new IllegalArgumentException("The stall timeout must be between " + SHORTEST_SECONDS + " and "
                    + LONGEST_SECONDS + " seconds, not " + time + ".");
        }
        return time.toNanos();
    }
}

package org.jurcu.task.trace;

/** What the kernel's own limits leave for numbers. */
final class TraceLimits {
    /** Pids end before {@code PID_MAX_LIMIT}, 4 Mi on 64 bits. */
    static final int MAX_PID = 4 * 1024 * 1024 - 1;

    /** {@code NR_CPUS} is at most 8192. */
    static final int MAX_CPU = 8191;

    /** A long holds that many seconds in nanoseconds. */
    static final long MAX_SECONDS = Long.MAX_VALUE / 1_000_000_000 - 1;

    private TraceLimits() {}
}

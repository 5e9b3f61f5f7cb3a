package org.jurcu.rcu;

/**
 * The grace-period sequence: the kernel's {@code rcu_seq_*} helpers (kernel/rcu/rcu.h).
 *
 * <pre>
 *  63 .. 2   number of grace periods that have ended
 *   1 .. 0   0: idle; 1: a grace period is in progress
 * </pre>
 *
 * <p>A cookie is a value that the sequence will have reached when a full grace period has elapsed since the cookie was
 * taken: from idle {@code g} it is {@code g + 4}; while the period {@code g + 1} is in progress it is {@code g + 8}, as
 * that period began too early. Comparisons are by difference, so that the sequence may wrap.
 */
final class GracePeriodSequence extends PaddedLong {
    static final long PERIOD = 4;
    static final long STATE_MASK = PERIOD - 1;

    private final long first;

    GracePeriodSequence(long first) {
        super(first);
        if ((first & STATE_MASK) != 0) {
            throw new IllegalArgumentException("A sequence starts idle: its low two bits must be 0, not " + first);
        }
        this.first = first;
    }

    /**
     * Takes a cookie ({@code rcu_seq_snap}). It adds 0 rather than loads: only a write can order the caller's earlier
     * actions before the start of the grace period that will answer the cookie.
     */
    long snap() {
        return cookieFor(getAndAddVolatile(0)); // U2 D: unlinking before the period's start; matches F
    }

    static long cookieFor(long sequence) {
        return (sequence + 2 * PERIOD - 1) & ~STATE_MASK;
    }

    /** Begins a grace period ({@code rcu_seq_start}); only the leader may. */
    void start() {
        long before = getAndAddVolatile(1); // U3 F: what the callers did before the new epoch; matches D
        if ((before & STATE_MASK) != 0) {
            throw new AssertionError("a grace period began inside another: " + before);
        }
    }

    /** Ends the grace period in progress ({@code rcu_seq_end}); only the leader may. */
    void end() {
        long during = loadVolatile();
        if ((during & STATE_MASK) != 1) {
            throw new AssertionError("a grace period ended that had not begun: " + during);
        }
        getAndAddVolatile(PERIOD - 1); // U8 G: the period before its callers go on; matches H
    }

    boolean inProgress() {
        return (loadVolatile() & STATE_MASK) != 0;
    }

    /** Returns whether the grace period of {@code cookie} has ended ({@code rcu_seq_done}). */
    boolean isDone(long cookie) {
        return loadVolatile() - cookie >= 0; // U9 H: end of the period before whatever follows; matches G
    }

    /** Returns whether {@link #snap} can have returned {@code cookie}. */
    boolean isCookie(long cookie) {
        return (cookie & STATE_MASK) == 0 && cookie - loadVolatile() <= 2 * PERIOD && cookie - first >= PERIOD;
    }

    /** Returns how many grace periods have ended. */
    long completed() {
        return (loadVolatile() - first) >> 2;
    }
}

package org.jurcu.rcu;

/**
 * The leader's part in the watch over stalls: it notices that a grace period is late, and tells the watchdog.
 *
 * <p>It neither logs nor runs code of the application, as either may wait for a grace period. A period that ends at
 * once costs one look at the clock; a leader that waits longer looks at it once a pause.
 */
final class StallDetector {
    /** The kernel's interval between reports: three timeouts and three seconds. */
    private static final long LONGEST_EXTRA_NANOS = 3_000_000_000L;

    private final long timeoutNanos;
    private final long repeatNanos;
    private final StallWatchdog watchdog;

    // Owned by the leader. Values of System.nanoTime().
    private long previousBegan;
    private long began;
    private long firstLook;
    private long lastLook;
    private long nextNotice;
    private long longestGap;
    private boolean lookedInPeriod;
    private boolean lookedWhileLeading;
    private StallNotice notice;

    private volatile long stalls;

    /** {@code now}, here and below, is the value of System.nanoTime(). */
    StallDetector(long now, long timeoutNanos, StallWatchdog watchdog) {
        began = now;
        this.timeoutNanos = timeoutNanos;
        repeatNanos = 3 * timeoutNanos + Math.min(timeoutNanos, LONGEST_EXTRA_NANOS);
        this.watchdog = watchdog;
    }

    /** A leader comes. What it did before is no gap between looks. */
    void beginLeading() {
        lookedWhileLeading = false;
        longestGap = 0;
    }

    /** A period begins. */
    void beginPeriod(long now) {
        previousBegan = began;
        began = now;
        nextNotice = began + timeoutNanos;
        lookedInPeriod = false;
        longestGap = 0;
    }

    /** The leader has waited, and readers still hold the period up. */
    void look(long now, long gracePeriod, Readers readers) {
        if (!lookedInPeriod) {
            lookedInPeriod = true;
            firstLook = now;
        }
        if (lookedWhileLeading) {
            longestGap = Math.max(longestGap, now - lastLook);
        }
        lookedWhileLeading = true;
        lastLook = now;
        if (now - nextNotice >= 0) {
            giveNotice(now, gracePeriod, readers);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only the leader writes
    private void giveNotice(long now, long gracePeriod, Readers readers) {
        nextNotice = now + repeatNanos;
        if (notice == null) {
            stalls++;
        }
        HoldoutList holdouts = new HoldoutList();
        readers.listHoldouts(holdouts);
        notice = new StallNotice(gracePeriod, previousBegan, began, firstLook, longestGap, holdouts);
        watchdog.tell(notice);
    }

    /** The period has ended. */
    void endPeriod() {
        StallNotice last = notice;
        if (last != null) {
            notice = null;
            last.end(System.nanoTime());
            watchdog.tell(last);
        }
    }

    /** Returns how many periods were late. */
    long stalls() {
        return stalls;
    }
}

package org.jurcu.rcu;

/** A late grace period as its leader saw it: what the watchdog needs, and the leader's word when it is over. */
final class StallNotice {
    /** The period's number: how many had ended before it, and one. */
    final long gracePeriod;

    final HoldoutList holdouts;

    // Values of System.nanoTime().
    private final long began;
    private final long previousBegan;
    private final long firstLook;

    /** The longest time for which the leader did not look at the readers, in nanoseconds. */
    final long leaderGap;

    private volatile boolean over;
    private long endedAt; // before over

    StallNotice(
            long gracePeriod, long previousBegan, long began, long firstLook, long leaderGap, HoldoutList holdouts) {
        this.gracePeriod = gracePeriod;
        this.previousBegan = previousBegan;
        this.began = began;
        this.firstLook = firstLook;
        this.leaderGap = leaderGap;
        this.holdouts = holdouts;
    }

    void end(long now) {
        endedAt = now;
        over = true;
    }

    boolean isOver() {
        return over;
    }

    /** Returns how old the period is, or was at its end, in nanoseconds. */
    long age(long now) {
        return (over ? endedAt : now) - began;
    }

    /** Returns how long a section that is waited for has lasted at least: it began before the leader first looked. */
    long leastSectionAge(long now) {
        return now - firstLook;
    }

    /** Returns how long it has lasted at most: had it begun before the previous period, that one would not have ended. */
    long largestSectionAge(long now) {
        return now - previousBegan;
    }
}

package org.jurcu.rcu;

/**
 * Drives the grace periods that somebody wants and nobody on a platform thread waits for: those of polling callers and of
 * waiting virtual threads.
 *
 * <p>It runs no callbacks. A virtual thread may so hold a lock that a callback takes while it waits for a grace period.
 */
final class GracePeriodDriver implements OnDemandThread.Work {
    private final GracePeriods gracePeriods;
    private final OnDemandThread thread;
    private final PaddedLong wantedCookie; // the latest that was asked for

    GracePeriodDriver(String domain, GracePeriods gracePeriods, long idleNanos) {
        this.gracePeriods = gracePeriods;
        thread = new OnDemandThread("jurcu-" + domain + "-gp", idleNanos, this);
        wantedCookie = new PaddedLong(gracePeriods.sequence().loadVolatile());
    }

    /** Asks for the grace period of {@code cookie}, without waiting for it. */
    void want(long cookie) {
        for (; ; ) {
            long wanted = wantedCookie.loadVolatile();
            if (wanted - cookie >= 0 || wantedCookie.casVolatile(wanted, cookie)) {
                thread.signal();
                return;
            }
        }
    }

    boolean isCurrentThread() {
        return thread.isCurrent();
    }

    /** Lets what was asked for elapse, and ends the thread. */
    void close() {
        thread.close();
    }

    @Override
    public boolean isPending() {
        return !gracePeriods.sequence().isDone(wantedCookie.loadVolatile());
    }

    @Override
    public boolean doSome() {
        long wanted = wantedCookie.loadVolatile();
        if (gracePeriods.sequence().isDone(wanted)) {
            return false;
        }
        gracePeriods.await(wanted, TimeLimit.NONE);
        return true;
    }
}

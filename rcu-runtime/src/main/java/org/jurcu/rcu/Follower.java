package org.jurcu.rcu;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A caller that waits while another thread leads a grace period.
 *
 * <pre>
 *  WAITING -> ELECTED  a leader left it the duty to lead, or to pass the duty on; only if it may lead
 *  WAITING -> GONE     it left without a duty
 *  ELECTED -> GONE     it left and must pass the duty on
 * </pre>
 */
final class Follower {
    private static final int WAITING = 0;
    private static final int ELECTED = 1;
    private static final int GONE = 2;

    final Thread thread = Thread.currentThread();
    final long cookie;
    final boolean mayLead;
    private final AtomicInteger state = new AtomicInteger(WAITING);

    Follower(long cookie, boolean mayLead) {
        this.cookie = cookie;
        this.mayLead = mayLead;
    }

    /** Returns whether this follower has the duty now. */
    boolean elect() {
        return mayLead && (state.compareAndSet(WAITING, ELECTED) || state.get() == ELECTED);
    }

    /** Returns whether the duty must be passed on. */
    boolean leave() {
        return state.getAndSet(GONE) == ELECTED;
    }
}

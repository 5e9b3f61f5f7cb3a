package org.jurcu.rcu;

/**
 * What {@link RcuDomain#call} does when as many callbacks are queued as the limit allows.
 *
 * <pre>{@code
 * Rcu rcu = Rcu.builder("pages")
 *         .backpressure(BackpressurePolicy.BLOCK_CALLER)
 *         .highWaterMark(10_000)   // from here on grace periods are hurried
 *         .limit(50_000)           // from here on callers wait
 *         .build();
 * }</pre>
 *
 * <p>Under every policy grace periods are hurried above the high-water mark. The arithmetic of the marks is in
 * docs/callbacks.md.
 *
 * <p>Counterpart: {@code qhimark} and {@code qovld} of kernel/rcu/tree.c, which know {@link #EXPEDITE} only.
 */
public enum BackpressurePolicy {
    /** The call is accepted; the backlog may grow as long as there is memory. The default. */
    EXPEDITE,

    /**
     * The caller waits until the backlog is below the limit. A virtual thread parks, and an interrupt is kept.
     *
     * <p>Who would wait for itself is let through: a caller inside a section, in {@link Qsbr} one whose reader is online,
     * and a thread that runs the callbacks or grace periods of any domain. A caller that holds a lock which a callback wants is
     * let through as well, but late: when it has waited for a second in which no callback ended. So is a caller inside a
     * section of {@link Srcu}, which knows its sections' threads in strict mode only.
     */
    BLOCK_CALLER,

    /** The call throws a {@link java.util.concurrent.RejectedExecutionException}, and nothing is queued. */
    REJECT
}

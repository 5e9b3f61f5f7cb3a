package org.jurcu.rcu;

/**
 * A callback that a domain runs after a grace period: the kernel's {@code struct rcu_head} and its function in one.
 *
 * <p>An object may be its own head, so that queueing it allocates nothing:
 *
 * <pre>{@code
 * final class Buffer implements RcuHead {
 *     private final Rcu rcu;
 *     private final RcuReference<Buffer> current;
 *
 *     void retire() {
 *         current.assign(null);   // no new reader finds it
 *         rcu.call(this);
 *     }
 *
 *     public void invoke() {      // the last reader has gone
 *         pool.give(this);
 *     }
 * }
 * }</pre>
 *
 * <p>The head has left the queue when it is invoked: it may queue itself again, in {@link #invoke} or later. Queued twice
 * it runs twice; in strict mode ({@code -Djurcu.strict=true}) the second call is refused. Mind that a lambda or a method
 * reference that captures nothing, as {@code () -> count.increment()} with a static {@code count}, may be one and the
 * same object each time that it is evaluated: what looks like a head for each call is then one head.
 *
 * <p>Memory effects: actions before {@link RcuDomain#call} happen-before {@code invoke}, and so do those in every section
 * that could still find what the caller had made unreachable.
 *
 * <p>Counterpart: {@code struct rcu_head} (include/linux/types.h) and {@code rcu_callback_t}.
 */
@FunctionalInterface
public interface RcuHead {
    /**
     * Runs on the domain's reclaimer thread, after every section that began before the call has ended. What it throws is
     * logged and counted. It should not block: the callbacks behind it wait.
     */
    void invoke();
}

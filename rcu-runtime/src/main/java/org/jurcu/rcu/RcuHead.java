package org.jurcu.rcu;

/**
 * A callback that a domain runs after a grace period: the kernel's {@code struct rcu_head} and its function in one.
 *
 * <p>An object may be its own head, so that queueing it allocates nothing.
 */
@FunctionalInterface
public interface RcuHead {
    /** Runs on the domain's reclaimer thread, once, after every section that began before the call has ended. */
    void invoke();
}

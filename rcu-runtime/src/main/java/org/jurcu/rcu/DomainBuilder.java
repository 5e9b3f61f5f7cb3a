package org.jurcu.rcu;

import java.time.Duration;
import java.util.function.Consumer;
import org.jurcu.fence.AsymmetricFence;

/**
 * Creates a domain with options; what the builders of all flavours have in common. Not safe for use by several threads.
 *
 * <pre>{@code
 * Rcu rcu = Rcu.builder("pages")
 *         .callbackQueues(4)
 *         .idleTime(Duration.ofSeconds(5))
 *         .build();
 * }</pre>
 *
 * <p>Progress: wait-free; {@link #build} starts no thread.
 *
 * @param <D> the flavour
 * @param <B> its builder
 */
public abstract sealed class DomainBuilder<D extends RcuDomain, B extends DomainBuilder<D, B>>
        permits Rcu.Builder, Qsbr.Builder, Srcu.Builder {
    final DomainOptions options;

    DomainBuilder(DomainOptions options) {
        this.options = options;
    }

    abstract B self();

    abstract D build(DomainOptions options);

    /**
     * Sets among how many queues callers of {@link RcuDomain#call} are spread, 1 to 64, rounded up to a power of two; by
     * default the number of processors.
     *
     * @throws IllegalArgumentException if the count is outside that range
     */
    public final B callbackQueues(int count) {
        options.setStripes(count);
        return self();
    }

    /**
     * Sets how long a domain's thread waits for work before it ends; 30 seconds by default.
     *
     * @throws IllegalArgumentException if the time is not positive
     */
    public final B idleTime(Duration time) {
        options.setIdleTime(time);
        return self();
    }

    /**
     * Sets what {@link RcuDomain#call} does at the {@link #limit}; by default {@link BackpressurePolicy#EXPEDITE}, under
     * which no call waits and none is refused.
     */
    public final B backpressure(BackpressurePolicy policy) {
        options.setBackpressure(policy);
        return self();
    }

    /**
     * Sets above how many queued callbacks grace periods are hurried, whatever the policy; 10,000 by default. A hurried
     * grace period looks at readers more often for about a tenth of a second; readers are not disturbed.
     *
     * @throws IllegalArgumentException if the number is not positive
     */
    public final B highWaterMark(int callbacks) {
        options.setHighWaterMark(callbacks);
        return self();
    }

    /**
     * Sets at which age of the oldest queued callback grace periods are hurried, whatever the policy; one second by
     * default.
     *
     * @throws IllegalArgumentException if the time is not positive
     */
    public final B highWaterAge(Duration age) {
        options.setHighWaterAge(age);
        return self();
    }

    /**
     * Sets at how many queued callbacks the policy acts; ten times the high-water mark by default. Under {@link
     * BackpressurePolicy#EXPEDITE} it has no effect. It may be exceeded by as much as docs/callbacks.md computes.
     *
     * @throws IllegalArgumentException if the number is not positive
     */
    public final B limit(int callbacks) {
        options.setLimit(callbacks);
        return self();
    }

    /** How long a blocked caller waits while no callback ends, for tests of that. */
    final B patience(Duration time) {
        options.setPatience(time);
        return self();
    }

    /**
     * Sets how old a grace period must be before it is reported as a {@link ReaderStall}, 3 to 300 seconds. The default is
     * that of the system property {@code jurcu.stall.timeout}, in seconds, or else 21.
     *
     * @throws IllegalArgumentException if the time is outside that range
     */
    public final B stallTimeout(Duration time) {
        options.setStallTimeout(time);
        return self();
    }

    /**
     * Sets who is told about stalls, in place of the log. The handler is called on a thread of its own that the domain
     * starts for it, {@code jurcu-<name>-stall}. If it throws, that is logged. It should not wait for the domain: it would
     * hear of nothing before the stall is over.
     */
    public final B onStall(Consumer<? super ReaderStall> handler) {
        options.setStallHandler(handler);
        return self();
    }

    /** A stall timeout without limits, for tests. */
    final B stallNanos(long nanos) {
        options.setStallNanos(nanos);
        return self();
    }

    /** Where the grace-period sequence starts, for tests of its wrap. */
    final B firstSequence(long sequence) {
        options.setFirstSequence(sequence);
        return self();
    }

    /** On how many processors to believe to be, for tests of waiting. */
    final B processors(int count) {
        options.setProcessors(count);
        return self();
    }

    /**
     * Creates the domain.
     *
     * @throws IllegalArgumentException if the limit is below the high-water mark
     * @throws IllegalStateException if {@code -Djurcu.fence} names a strategy that is not available
     */
    public final D build() {
        options.check();
        requireFence();
        return build(options);
    }

    /** Lets a wrong -Djurcu.fence fail here and not in the domain's thread, which could tell nobody. */
    private static void requireFence() {
        try {
            AsymmetricFence.isAsymmetric();
        } catch (LinkageError e) { // of its initializer, the first time or a later one
            Throwable reason = e;
            while (reason.getCause() != null) {
                reason = reason.getCause();
            }
            throw new IllegalStateException(reason.getMessage(), e);
        }
    }
}

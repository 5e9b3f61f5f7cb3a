package org.jurcu.rcu;

import java.time.Duration;

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
        permits Rcu.Builder, Qsbr.Builder {
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
     * @throws IllegalStateException if {@code -Djurcu.fence} names a strategy that is not available
     */
    public final D build() {
        return build(options);
    }
}

package org.jurcu.rcu;

import java.time.Duration;
import java.util.function.Consumer;

/** Options of a domain that are not for users: a sequence about to wrap, stalls that are reported after less than three seconds. */
public final class TortureOptions {
    /** How many grace periods the sequence is away from its wrap. */
    public static final int PERIODS_TO_WRAP = 50;

    private TortureOptions() {}

    /** Sets them, and returns the builder. */
    public static <B extends DomainBuilder<?, B>> B set(
            B builder, Duration stallTimeout, Consumer<? super ReaderStall> onStall) {
        return builder.firstSequence(-GracePeriodSequence.PERIOD * PERIODS_TO_WRAP)
                .stallNanos(stallTimeout.toNanos())
                .onStall(onStall);
    }
}

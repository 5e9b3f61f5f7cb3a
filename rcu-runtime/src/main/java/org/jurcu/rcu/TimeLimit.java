package org.jurcu.rcu;

import java.time.Duration;

/** How long a wait may last, from its creation on. */
final class TimeLimit {
    static final TimeLimit NONE = new TimeLimit(Long.MAX_VALUE);

    private final long began;
    private final long nanos;

    private TimeLimit(long nanos) {
        this.nanos = nanos;
        began = nanos == Long.MAX_VALUE ? 0 : System.nanoTime();
    }

    static TimeLimit of(Duration timeout) {
        long nanos;
        try {
            nanos = timeout.toNanos();
        } catch (ArithmeticException e) {
            nanos = timeout.isNegative() ? 0 : Long.MAX_VALUE;
        }
        return nanos == Long.MAX_VALUE ? NONE : new TimeLimit(Math.max(0, nanos));
    }

    /** Returns the nanoseconds that are left, 0 or less when there are none. */
    long remaining() {
        return nanos == Long.MAX_VALUE ? nanos : nanos - (System.nanoTime() - began);
    }
}

package org.jurcu.rcu;

/**
 * A domain's clock, read by each outermost lock and advanced once a grace period.
 *
 * <pre>
 *  0               never: an announcement of 0 means "no section open"
 *  1 .. MAX-1      the domain is open; a grace period adds 1 (at 10^9 a second the range lasts 292 years)
 *  MAX (CLOSED)    no new section may begin; every announced epoch is older, so grace periods still work
 * </pre>
 */
final class Epoch extends PaddedLong {
    static final long FIRST = 1;
    static final long CLOSED = Long.MAX_VALUE;

    Epoch() {
        super(FIRST);
    }

    /** Moves to the next epoch and returns it. */
    long advanceVolatile() {
        for (; ; ) {
            long current = loadVolatile();
            if (current == CLOSED || casVolatile(current, current + 1)) {
                return current == CLOSED ? CLOSED : current + 1;
            }
        }
    }

    void close() {
        storeVolatile(CLOSED);
    }

    boolean isClosed() {
        return loadVolatile() == CLOSED;
    }
}

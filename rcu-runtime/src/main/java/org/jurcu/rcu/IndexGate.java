package org.jurcu.rcu;

/**
 * The word that tells new sections which of the two indexes to use. The leader adds 1 to begin a grace period (S6) and 1
 * to flip (S8), so that no value returns.
 *
 * <pre>
 *  63        1: closed, no new section may begin
 *  62 .. 1   number of flips; its lowest bit, bit 1, is the index
 *  0         1: a grace period has begun and has not flipped yet
 * </pre>
 *
 * <p>At 10<sup>9</sup> grace periods a second the range lasts 146 years; beyond it the domain would look closed.
 */
final class IndexGate extends PaddedLong {
    private static final long BEGUN = 1;
    private static final int INDEX_SHIFT = 1;
    private static final long CLOSED = Long.MIN_VALUE;

    IndexGate() {
        super(0);
    }

    static int index(long gate) {
        return (int) (gate >>> INDEX_SHIFT) & 1;
    }

    static boolean isBegun(long gate) {
        return (gate & BEGUN) != 0;
    }

    /** Goes from idle to begun, or from begun to flipped. */
    long stepVolatile() {
        return getAndAddVolatile(1) + 1;
    }

    void close() {
        long present = loadVolatile();
        while (!casVolatile(present, present | CLOSED)) {
            present = loadVolatile();
        }
    }

    boolean isClosed() {
        return loadVolatile() < 0;
    }
}

package org.jurcu.refcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The sums of Refcount's class comment. */
class RefcountBudgetTest {
    /** What 64-bit Linux gives out at most: PID_MAX_LIMIT, a platform thread being a task. */
    private static final long MAX_THREADS = 4L * 1024 * 1024;

    /** A thread stores its repair before it returns, and runs no foreign code before that. */
    private static final long IN_FLIGHT_PER_THREAD = 1;

    private static final long BUDGET = 1L << 30;

    @Test
    void saturatedIsAsFarFromEitherEdgeAsCanBe() {
        assertEquals(BUDGET, (long) Refcount.SATURATED - Integer.MIN_VALUE);
        assertEquals(BUDGET, -(long) Refcount.SATURATED);
        assertEquals(Integer.MIN_VALUE / 2, Refcount.SATURATED);
        assertEquals(0x7fff_ffff, Refcount.MAX);
    }

    @Test
    void noNumberOfThreadsLeavesTheBadHalf() {
        long drift = MAX_THREADS * IN_FLIGHT_PER_THREAD;
        assertEquals(1L << 22, drift);
        assertEquals(256, BUDGET / drift);
        assertTrue(Refcount.SATURATED + drift < 0, "upwards");
        assertTrue(Refcount.SATURATED - drift >= Integer.MIN_VALUE, "downwards");
    }

    @Test
    void batchesHoldUpTo255() {
        assertTrue(Refcount.SATURATED + MAX_THREADS * 255 < 0);
        assertEquals(0, Refcount.SATURATED + MAX_THREADS * 256, "one more reaches zero");
    }
}

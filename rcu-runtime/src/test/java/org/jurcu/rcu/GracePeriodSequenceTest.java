package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GracePeriodSequenceTest {
    private static final long ALMOST_WRAPPED_SIGNED = Long.MAX_VALUE - 3;
    private static final long ALMOST_WRAPPED_UNSIGNED = -4;

    @ParameterizedTest
    @ValueSource(longs = {0, 4, 4000, ALMOST_WRAPPED_SIGNED - 8, ALMOST_WRAPPED_SIGNED, -400, ALMOST_WRAPPED_UNSIGNED})
    void aCookieFromIdleNeedsOnePeriodAndACookieFromInsideTheNextOne(long first) {
        GracePeriodSequence sequence = new GracePeriodSequence(first);
        for (int period = 0; period < 5; period++) {
            long idle = sequence.loadVolatile();
            long fromIdle = sequence.snap();
            assertEquals(idle + 4, fromIdle);

            sequence.start();
            long fromInside = sequence.snap();
            assertEquals(idle + 8, fromInside);
            assertTrue(sequence.inProgress());
            assertFalse(sequence.isDone(fromIdle));

            sequence.end();
            assertTrue(sequence.isDone(fromIdle));
            assertFalse(sequence.isDone(fromInside));
            assertFalse(sequence.inProgress());
            assertEquals(period + 1, sequence.completed());
            assertEquals(fromInside, sequence.snap(), "the next period is the one that was asked for inside");
        }
    }

    @Test
    void theKernelsOffByOneTable() {
        long g = 40;
        assertEquals(g + 4, GracePeriodSequence.cookieFor(g));
        assertEquals(g + 8, GracePeriodSequence.cookieFor(g + 1));
        assertEquals(g + 8, GracePeriodSequence.cookieFor(g + 2));
        assertEquals(g + 8, GracePeriodSequence.cookieFor(g + 3));
        assertEquals(g + 8, GracePeriodSequence.cookieFor(g + 4));
    }

    @Test
    void onlyItsOwnCookiesAreKnown() {
        GracePeriodSequence sequence = new GracePeriodSequence(-8);
        long cookie = sequence.snap();
        assertTrue(sequence.isCookie(cookie));
        assertFalse(sequence.isCookie(cookie + 1), "a cookie has no state bits");
        assertFalse(sequence.isCookie(cookie - 4), "a period that ended before the first");
        assertFalse(sequence.isCookie(cookie + 8), "nobody can have asked for that yet");
        for (int i = 0; i < 4; i++) {
            sequence.start();
            assertTrue(sequence.isCookie(sequence.snap()));
            sequence.end();
            assertTrue(sequence.isCookie(cookie), "an old cookie stays one");
        }
    }

    @Test
    void aPeriodNeitherBeginsTwiceNorEndsUnbegun() {
        GracePeriodSequence sequence = new GracePeriodSequence(0);
        assertThrows(AssertionError.class, sequence::end);
        sequence.start();
        assertThrows(AssertionError.class, sequence::start);
        assertThrows(IllegalArgumentException.class, () -> new GracePeriodSequence(3));
    }
}

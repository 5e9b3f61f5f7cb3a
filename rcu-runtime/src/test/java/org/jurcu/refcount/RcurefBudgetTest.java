package org.jurcu.refcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The sums of Rcuref's class comment, and that the borders are where they say. */
@ResourceLock(RecordedWarnings.LOCK)
class RcurefBudgetTest {
    private static final long MAX_THREADS = 4L * 1024 * 1024; // PID_MAX_LIMIT of 64-bit Linux
    private static final long IN_FLIGHT_PER_THREAD = 1;
    private static final long DISTANCE = 1L << 29;

    private static long unsigned(int word) {
        return Integer.toUnsignedLong(word);
    }

    @Test
    void eachZoneRestsInItsMiddle() {
        assertEquals(DISTANCE, unsigned(Rcuref.SATURATED) - (unsigned(Rcuref.MAXREF) + 1));
        assertEquals(DISTANCE, unsigned(Rcuref.RELEASED) - unsigned(Rcuref.SATURATED));
        assertEquals(DISTANCE, unsigned(Rcuref.DEAD) - unsigned(Rcuref.RELEASED));
        assertEquals(DISTANCE, unsigned(Rcuref.NOREF) + 1 - unsigned(Rcuref.DEAD));
    }

    @Test
    void noNumberOfThreadsCarriesTheWordIntoAnotherZone() throws ReflectiveOperationException {
        int drift = Math.toIntExact(MAX_THREADS * IN_FLIGHT_PER_THREAD);
        assertEquals(1 << 22, drift);
        assertEquals(128, DISTANCE / drift);
        for (int drifted : new int[] {-drift, drift}) {
            assertSettles(Rcuref.SATURATED, drifted, Rcuref::get, true, RefcountWarning.RCUREF_SATURATED);
            assertSettles(Rcuref.SATURATED, drifted, Rcuref::putRcusafe, false);
            assertSettles(Rcuref.DEAD, drifted, Rcuref::get, false);
            assertSettles(Rcuref.DEAD, drifted, Rcuref::putRcusafe, false, RefcountWarning.RCUREF_IMBALANCED_PUT);
        }
    }

    /** That an operation still knows the zone whose resting place is so far away, and leads the word back there. */
    private static void assertSettles(
            int rest, int drifted, Predicate<Rcuref> operation, boolean answer, RefcountWarning... warned)
            throws ReflectiveOperationException {
        Rcuref refs = at(rest + drifted);
        try (RecordedWarnings warnings = new RecordedWarnings()) {
            assertEquals(answer, operation.test(refs), () -> Integer.toHexString(rest + drifted));
            assertEquals(Integer.toHexString(rest), Integer.toHexString(RcurefZonesTest.word(refs)));
            assertEquals(List.of(warned), warnings.kinds());
        }
    }

    /** The distance spent to the last operation, and one more: what that one would be told. */
    @Test
    void theBudgetEndsWhereTheZoneEnds() {
        try (RecordedWarnings ignored = new RecordedWarnings()) {
            int upwards = (int) (DISTANCE - 1); // so many gets are in flight
            assertTrue(at(Rcuref.SATURATED + upwards - 1).get(), "the last within the budget still finds it saturated");
            assertFalse(at(Rcuref.SATURATED + upwards).get(), "one more would take a leaked object for a dead one");
            assertFalse(at(Rcuref.DEAD + upwards - 1).get(), "the last within the budget still finds it dead");
            assertTrue(at(Rcuref.DEAD + upwards).get(), "one more would be given a dead object");

            int downwards = (int) DISTANCE; // so many puts
            assertEquals(1, ignored.drainKinds().size(), "of the saturated get");
            assertFalse(at(Rcuref.DEAD - downwards + 1).putRcusafe());
            assertEquals(1, ignored.drainKinds().size(), "the last within the budget is still imbalanced");
            assertFalse(at(Rcuref.DEAD - downwards).putRcusafe());
            assertEquals(0, ignored.drainKinds().size(), "one more would take it for a saturated one's");
        }
    }

    private static Rcuref at(int word) {
        return new Rcuref(word + 1);
    }
}

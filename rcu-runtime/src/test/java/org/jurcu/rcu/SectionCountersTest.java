package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SectionCountersTest {
    private final SectionCounters counters = new SectionCounters(4, 0);

    private static boolean period(SectionCounters counters) {
        counters.begin();
        return counters.poll();
    }

    @Test
    void aPeriodWaitsForTheSectionsBeforeIt() {
        int slot = counters.enter();
        assertFalse(period(counters));
        assertFalse(counters.poll());
        counters.exit(slot);
        assertTrue(counters.poll());
    }

    @Test
    void aPeriodDoesNotWaitForTheSectionsBehindItsFlip() {
        int before = counters.enter();
        assertFalse(period(counters));
        int behind = counters.enter();
        assertNotEquals(SectionCounters.index(before), SectionCounters.index(behind));
        counters.exit(before);
        assertTrue(counters.poll());
        assertFalse(period(counters), "but the next one does");
        counters.exit(behind);
        assertTrue(counters.poll());
    }

    /** A thread that read the gate before a period, and counted itself after it. */
    @Test
    void aPeriodWaitsForAStraggler() {
        assertTrue(period(counters)); // the index is 1 now
        int straggler = counters.enter(0);
        assertFalse(period(counters));
        assertEquals(0, counters.waitedIndex(), "the first scan looks at the index that is not current");
        counters.exit(straggler);
        assertTrue(counters.poll());
    }

    /** Each of a stream of sections begins before the last one ends. */
    @Test
    void aStreamOfSectionsCannotHoldAPeriodUp() {
        int open = counters.enter();
        counters.begin();
        int polls = 0;
        for (; !counters.poll(); polls++) {
            int next = counters.enter();
            counters.exit(open);
            open = next;
        }
        assertTrue(polls <= 2, "polls: " + polls);
        counters.exit(open);
    }

    @Test
    void aStragglerBehindTheScanIsTheNextPeriods() {
        counters.begin();
        assertTrue(counters.poll());
        int late = counters.enter(counters.waitedIndex());
        assertTrue(counters.poll());
        assertFalse(period(counters));
        counters.exit(late);
        assertTrue(counters.poll());
    }

    @Test
    void aFailedBeginningMayBeRepeated() {
        int slot = counters.enter();
        counters.begin();
        counters.begin();
        assertFalse(counters.poll());
        counters.exit(slot);
        assertTrue(counters.poll());
        assertTrue(period(counters));
    }

    @ParameterizedTest
    @ValueSource(longs = {-3, Long.MAX_VALUE - 2})
    void theCountersMayWrap(long initial) {
        SectionCounters wrapping = new SectionCounters(1, initial);
        for (int i = 0; i < 10; i++) {
            int slot = wrapping.enter();
            int second = wrapping.enter();
            assertEquals(2, wrapping.open(SectionCounters.index(slot)));
            assertFalse(period(wrapping));
            assertTrue(wrapping.exitIfOpen(slot));
            assertFalse(wrapping.poll());
            assertTrue(wrapping.exitIfOpen(second));
            assertFalse(wrapping.exitIfOpen(second));
            assertTrue(wrapping.poll());
        }
    }

    @Test
    void anEndTooManyIsRefusedAndChangesNothing() {
        int slot = counters.enter();
        assertTrue(counters.exitIfOpen(slot));
        assertFalse(counters.exitIfOpen(slot));
        assertFalse(counters.exitIfOpen(slot ^ 1), "the other index");
        int next = counters.enter();
        assertFalse(period(counters));
        counters.exit(next);
        assertTrue(counters.poll());
    }

    /** Both are always about to end more than there are. */
    @Test
    void twoThatEndWhateverIsOpenEndEachSectionOnce() throws Exception {
        SectionCounters one = new SectionCounters(1, 0);
        int rounds = 1_000_000;
        Callable<Integer> body = () -> {
            int ended = 0;
            for (int i = 0; i < rounds; i++) {
                one.enter(0);
                while (one.exitIfOpen(0)) {
                    ended++;
                    if (one.open(0) < 0) {
                        throw new AssertionError("more ends than beginnings");
                    }
                }
            }
            return ended;
        };
        TestThread<Integer> first = TestThread.start(body);
        TestThread<Integer> second = TestThread.start(body);
        assertEquals(2 * rounds, first.result() + second.result());
        assertEquals(0, one.open(0));
    }

    @Test
    void threadsAreSpreadOverTheStripes() throws Exception {
        Set<Integer> stripes = new HashSet<>();
        for (int i = 0; i < 64; i++) {
            TestThread<Integer> thread = TestThread.start(counters::enter);
            stripes.add(thread.result() >>> 1);
        }
        assertEquals(Set.of(0, 1, 2, 3), stripes);
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 8", "3, 16", "16, 64", "17, 64", "1000000000, 64"})
    void thereAreMoreStripesThanProcessorsUpToABound(int processors, int stripes) {
        assertEquals(stripes, SectionCounters.stripesFor(processors));
        assertEquals(2 * stripes, new SectionCounters(processors).slots());
    }

    @Test
    void theGateOfAClosedDomainGoesOn() {
        int slot = counters.enter();
        counters.begin();
        counters.close();
        assertTrue(counters.isClosed());
        assertFalse(counters.poll());
        counters.exit(slot);
        assertTrue(counters.poll());
        assertTrue(period(counters));
        assertTrue(counters.isClosed());
    }

    @Test
    void noValueOfTheGateReturnsAndItsIndexFlipsOnceAPeriod() {
        IndexGate gate = new IndexGate();
        int index = IndexGate.index(gate.loadVolatile());
        for (long i = 1; i < 100; i++) {
            long step = gate.stepVolatile();
            assertEquals(i, step);
            assertEquals(i % 2 == 1, IndexGate.isBegun(step));
            index ^= IndexGate.isBegun(step) ? 0 : 1;
            assertEquals(index, IndexGate.index(step));
        }
    }
}

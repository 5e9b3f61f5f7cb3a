package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The watchdog without a thread: the test is its thread. */
class StallWatchdogTest {
    private final List<ReaderStall> reports = new ArrayList<>();
    private final StallWatchdog watchdog =
            new StallWatchdog("scripted", "Scripted", () -> 7, reports::add, thread -> {}, 1);

    private static StallNotice notice(long gracePeriod, HoldoutList holdouts) {
        long now = System.nanoTime();
        return new StallNotice(gracePeriod, now - 300, now - 200, now - 100, 0, holdouts);
    }

    private static HoldoutList thisThread() {
        HoldoutList list = new HoldoutList();
        RcuReaders readers = new RcuReaders("scripted");
        list.add(new RcuReader(Thread.currentThread(), readers, new Epoch()));
        return list;
    }

    @Test
    void aStallThatEndsBeforeItsReportIsReportedWithoutStacks() {
        StallNotice notice = notice(5, thisThread());
        watchdog.tell(notice);
        notice.end(System.nanoTime());
        watchdog.tell(notice);
        assertTrue(watchdog.doSome());
        assertFalse(watchdog.doSome(), "it is told once");
        ReaderStall stall = reports.get(0);
        assertTrue(stall.ended());
        assertEquals(1, stall.report());
        assertEquals(Thread.currentThread().getName(), stall.holdouts().get(0).threadName());
        assertEquals(List.of(), stall.holdouts().get(0).stackTrace());
        assertTrue(stall.toString().contains("the stall ended before its report"), stall.toString());
        assertEquals(7, stall.callbacksQueued());
    }

    @Test
    void aSlowHandlerHearsTheLatestOnly() {
        watchdog.tell(notice(1, new HoldoutList()));
        watchdog.tell(notice(2, new HoldoutList()));
        assertTrue(watchdog.doSome());
        assertFalse(watchdog.isPending());
        assertEquals(2, reports.get(0).gracePeriod());
    }

    @Test
    void reportsAreNumberedWithinAStall() {
        for (long gracePeriod : new long[] {1, 1, 1, 2, 2}) {
            watchdog.tell(notice(gracePeriod, new HoldoutList()));
            watchdog.doSome();
        }
        assertEquals(
                List.of(1, 2, 3, 1, 2),
                reports.stream().map(ReaderStall::report).toList());
    }

    @Test
    void theAgeOfASectionIsBoundedByTheLooksAndThePeriods() {
        long now = System.nanoTime();
        StallNotice notice = new StallNotice(1, now - 3_000, now - 2_000, now - 1_000, 0, new HoldoutList());
        assertEquals(2_000, notice.age(now));
        assertEquals(1_000, notice.leastSectionAge(now));
        assertEquals(3_000, notice.largestSectionAge(now));
        notice.end(now);
        assertEquals(2_000, notice.age(now + 500), "it ages no more");
    }

    @Test
    void whoIsNotListedIsCounted() {
        HoldoutList list = thisThread();
        for (int i = 0; i < HoldoutList.LONGEST + 1; i++) {
            list.add(new RcuReader(Thread.currentThread(), new RcuReaders("scripted"), new Epoch()));
        }
        list.addUnnamed(4);
        watchdog.tell(notice(1, list));
        watchdog.doSome();
        ReaderStall stall = reports.get(0);
        assertEquals(HoldoutList.LONGEST, stall.holdouts().size());
        assertTrue(stall.toString().contains("and 2 more threads"), stall.toString());
        assertTrue(stall.toString().contains("4 sections of threads that are not known"), stall.toString());
    }

    @Test
    void aThreadThatCannotBeStartedIsNotLoggedByTheLeaderAndIsTriedAgain() throws Exception {
        AtomicInteger starts = new AtomicInteger();
        try (RecordedLog log = new RecordedLog()) {
            StallWatchdog unlucky = new StallWatchdog(
                    "unlucky",
                    "Scripted",
                    () -> 0,
                    stall -> {},
                    thread -> {
                        if (starts.incrementAndGet() == 1) {
                            throw new OutOfMemoryError("scripted: unable to create native thread");
                        }
                    },
                    1);
            unlucky.tell(notice(1, new HoldoutList()));
            unlucky.tell(notice(1, new HoldoutList()));
            assertEquals(2, starts.get());
            assertEquals(List.of(), log.messages());
        }
    }

    /** Lets a leader look at {@code now}, and returns whether that was reported. */
    private boolean look(StallDetector detector, long now) {
        detector.look(now, 1, new RcuReaders("scripted"));
        return watchdog.doSome();
    }

    @Test
    void theIntervalBetweenReportsIsTheKernels() {
        long second = 1_000_000_000;
        StallDetector detector = new StallDetector(0, 21 * second, watchdog);
        detector.beginPeriod(100 * second);
        detector.beginLeading();
        assertFalse(look(detector, 121 * second - 1));
        assertEquals(0, detector.stalls());
        assertTrue(look(detector, 121 * second));
        assertFalse(look(detector, 187 * second - 1));
        assertTrue(look(detector, 187 * second)); // 3 * 21 + 3 seconds later
        assertTrue(look(detector, 300 * second));
        assertFalse(look(detector, 365 * second));
        assertEquals(1, detector.stalls());

        detector.endPeriod();
        assertTrue(watchdog.doSome());
        assertTrue(reports.get(3).ended());
        assertEquals(4, reports.get(3).report());
        detector.beginPeriod(400 * second);
        assertFalse(look(detector, 420 * second));
        assertTrue(look(detector, 421 * second));
        assertEquals(2, detector.stalls());
    }

    @Test
    void aPeriodThatEndsInTimeIsNotReported() {
        StallDetector detector = new StallDetector(0, 10, watchdog);
        detector.beginPeriod(0);
        detector.beginLeading();
        assertFalse(look(detector, 9));
        detector.endPeriod();
        assertFalse(watchdog.isPending());
    }

    @Test
    void aLeaderThatDoesNotComeToLookIsStarved() {
        StallDetector detector = new StallDetector(0, 10, watchdog);
        detector.beginPeriod(0);
        detector.beginLeading();
        assertFalse(look(detector, 1));
        assertFalse(look(detector, 8));
        assertTrue(look(detector, 10));
        assertEquals(Duration.ofNanos(7), reports.get(0).leaderGap());

        detector.beginLeading(); // nobody led meanwhile, which is nobody's fault
        assertTrue(look(detector, 1_000));
        assertEquals(Duration.ZERO, reports.get(1).leaderGap());
        assertEquals(1, detector.stalls());
    }

    @Test
    void starvationIsSaidInWords() {
        ReaderStall starved = new ReaderStall(
                "d", "Rcu", 1, Duration.ofSeconds(21), 1, false, 0, Duration.ofSeconds(2), List.of(), 0, 0);
        assertTrue(starved.leaderStarved());
        assertTrue(starved.toString().contains("starved itself"), starved.toString());
        ReaderStall fed = new ReaderStall(
                "d", "Rcu", 1, Duration.ofSeconds(21), 1, false, 0, Duration.ofMillis(1999), List.of(), 0, 0);
        assertFalse(fed.leaderStarved());
        assertFalse(fed.toString().contains("starved itself"), fed.toString());
    }

    @Test
    void anEndThatTheWatchdogSawFirstIsReportedOnce() {
        StallNotice notice = notice(5, thisThread());
        watchdog.tell(notice);
        notice.end(System.nanoTime());
        assertTrue(watchdog.doSome());
        assertTrue(reports.get(0).ended());
        watchdog.tell(notice); // the leader's word comes later
        assertTrue(watchdog.doSome());
        assertEquals(1, reports.size());
        watchdog.tell(notice(6, new HoldoutList()));
        assertTrue(watchdog.doSome());
        assertEquals(6, reports.get(1).gracePeriod());
    }

    @Test
    void aThreadThatThrowsWhenItIsAskedIsReportedAllTheSame() {
        Thread odd = new Thread("odd") {
            @Override
            @SuppressWarnings("deprecation") // that is what may be overridden
            public long getId() {
                throw new IllegalStateException("scripted");
            }

            @Override
            public State getState() {
                throw new IllegalStateException("scripted");
            }

            @Override
            public StackTraceElement[] getStackTrace() {
                throw new IllegalStateException("scripted");
            }
        };
        HoldoutList list = new HoldoutList();
        list.add(new RcuReader(odd, new RcuReaders("scripted"), new Epoch()));
        watchdog.tell(notice(3, list));
        assertTrue(watchdog.doSome());
        assertEquals("odd", reports.get(0).holdouts().get(0).threadName());
    }
}

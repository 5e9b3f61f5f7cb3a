package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GracePeriodsTest {
    private final ScriptedReaders readers = new ScriptedReaders();
    private final StallDetector stalls = new StallDetector(
            System.nanoTime(),
            Long.MAX_VALUE / 4,
            new StallWatchdog("test", "Scripted", () -> 0, stall -> {}, Thread::start, 1));
    private final GracePeriods gracePeriods =
            new GracePeriods(readers, 0, 1, this::drive, stalls, new GracePeriodRecorder("test", "Scripted"));
    private final GracePeriodDriver driver =
            new GracePeriodDriver("test", gracePeriods, Duration.ofMillis(1).toNanos());
    private final AtomicInteger asked = new AtomicInteger();

    private void drive(long cookie) {
        asked.incrementAndGet();
        driver.want(cookie);
    }

    private boolean await(long cookie, Duration timeout) {
        return gracePeriods.await(cookie, TimeLimit.of(timeout));
    }

    @Test
    void aLeaderWhoseTimeRunsOutIsRelievedNotRestarted() {
        readers.quiescent = false;
        long cookie = gracePeriods.sequence().snap();
        assertFalse(await(cookie, Duration.ZERO));
        assertFalse(await(cookie, Duration.ZERO));
        assertEquals(1, readers.begun);
        readers.quiescent = true;
        assertTrue(await(cookie, Duration.ZERO));
        assertEquals(1, readers.begun);
        assertEquals(1, gracePeriods.sequence().completed());
    }

    @Test
    void aCookieFromInsideAPeriodNeedsTheNextOneToo() {
        readers.quiescent = false;
        assertFalse(await(gracePeriods.sequence().snap(), Duration.ZERO));
        long late = gracePeriods.sequence().snap();
        readers.quiescent = true;
        assertTrue(await(late, Duration.ZERO));
        assertEquals(2, readers.begun);
        assertEquals(2, gracePeriods.sequence().completed());
    }

    @Test
    void aPeriodWhoseBeginningFailedBeginsAgainBeforeAnyoneLooks() {
        readers.failNextBegin = true;
        long cookie = gracePeriods.sequence().snap();
        assertThrows(OutOfMemoryError.class, () -> await(cookie, Duration.ZERO));
        assertTrue(gracePeriods.sequence().inProgress());
        assertEquals(0, readers.polled);
        assertTrue(await(cookie, Duration.ZERO));
        assertEquals(2, readers.begun);
        assertEquals(1, gracePeriods.sequence().completed());
    }

    @Test
    void aLookThatFailsEndsNothing() {
        readers.failNextPoll = true;
        long cookie = gracePeriods.sequence().snap();
        assertThrows(OutOfMemoryError.class, () -> await(cookie, Duration.ZERO));
        assertFalse(gracePeriods.sequence().isDone(cookie));
        assertTrue(await(cookie, Duration.ZERO));
    }

    @Test
    void aFollowerTakesOverFromALeaderThatLeaves() throws Exception {
        readers.quiescent = false;
        long cookie = gracePeriods.sequence().snap();
        TestThread<Boolean> leader = TestThread.start(() -> await(cookie, Duration.ofMillis(20)));
        readers.awaitPolls(1);
        List<TestThread<Boolean>> followers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            followers.add(TestThread.start(() -> gracePeriods.await(cookie, TimeLimit.NONE)));
        }
        assertFalse(leader.result());
        readers.awaitPolls(readers.polled + 10); // somebody goes on looking
        readers.quiescent = true;
        for (TestThread<Boolean> follower : followers) {
            assertTrue(follower.result());
        }
        assertEquals(1, readers.begun);
    }

    @Test
    void noWakeUpIsLostHoweverLeadersAndFollowersCome() throws Exception {
        List<TestThread<Integer>> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            boolean impatient = i % 3 == 0;
            threads.add(TestThread.start(() -> {
                int done = 0;
                for (int n = 0; n < 3_000; n++) {
                    long cookie = gracePeriods.sequence().snap();
                    if (impatient) {
                        done += await(cookie, Duration.ofNanos(n)) ? 1 : 0;
                    } else {
                        assertTrue(gracePeriods.await(cookie, TimeLimit.NONE));
                        assertTrue(gracePeriods.sequence().isDone(cookie));
                        done++;
                    }
                }
                return done;
            }));
        }
        int done = 0;
        for (TestThread<Integer> thread : threads) {
            done += thread.result();
        }
        assertTrue(done >= 4 * 3_000);
        assertTrue(gracePeriods.sequence().completed() <= 6 * 3_000 * 2);
    }

    @Test
    void whoMayNotLeadIsServedByTheDriver() throws Exception {
        readers.quiescent = false;
        long cookie = gracePeriods.sequence().snap();
        TestThread<Boolean> follower = TestThread.start(() -> gracePeriods.await(cookie, TimeLimit.NONE, false));
        readers.awaitPolls(10);
        assertNotSame(follower.thread(), readers.leader);
        assertEquals("jurcu-test-gp", readers.leader.getName());
        readers.quiescent = true;
        assertTrue(follower.result());
        driver.close();
    }

    @Test
    void whoMayNotLeadDoesNotTakeOverWhenALeaderLeaves() throws Exception {
        readers.quiescent = false;
        long cookie = gracePeriods.sequence().snap();
        TestThread<Boolean> leader = TestThread.start(() -> await(cookie, Duration.ofMillis(50)));
        readers.awaitPolls(1);
        TestThread<Boolean> follower = TestThread.start(() -> gracePeriods.await(cookie, TimeLimit.NONE, false));
        assertFalse(leader.result());
        while (readers.leader == leader.thread()) {
            Thread.onSpinWait();
        }
        assertNotSame(follower.thread(), readers.leader);
        readers.quiescent = true;
        assertTrue(follower.result());
        driver.close();
    }

    @Test
    void whoMayNotLeadAsksTheDriverEvenWithoutTimeToWait() {
        readers.quiescent = false;
        long cookie = gracePeriods.sequence().snap();
        assertFalse(gracePeriods.await(cookie, TimeLimit.of(Duration.ZERO), false));
        assertEquals(1, asked.get());
        readers.quiescent = true;
        driver.close(); // lets elapse what was asked for
        assertTrue(gracePeriods.sequence().isDone(cookie));
    }

    @Test
    void theReportComesAfterLeadershipIsGivenBack() throws Exception {
        readers.onReport = () -> {
            readers.onReport = () -> {};
            long next = gracePeriods.sequence().snap();
            assertTrue(TestThread.start(() -> gracePeriods.await(next, TimeLimit.NONE))
                    .result());
        };
        assertTrue(gracePeriods.await(gracePeriods.sequence().snap(), TimeLimit.NONE));
        assertEquals(2, gracePeriods.sequence().completed());
    }

    @Test
    void anInterruptWhileLeadingIsKept() throws Exception {
        readers.quiescent = false;
        long cookie = gracePeriods.sequence().snap();
        TestThread<Boolean> leader = TestThread.start(() -> {
            assertTrue(gracePeriods.await(cookie, TimeLimit.NONE));
            return Thread.interrupted();
        });
        readers.awaitPolls(200);
        leader.thread().interrupt();
        while (leader.thread().isInterrupted()) { // parking clears the flag
            Thread.onSpinWait();
        }
        readers.quiescent = true;
        assertTrue(leader.result());
    }

    /** Readers that do as a test says. */
    private static final class ScriptedReaders implements Readers {
        volatile boolean quiescent = true;
        volatile int begun;
        volatile int polled;
        volatile Thread leader;
        TestThread.Action onReport = () -> {};
        boolean failNextBegin;
        boolean failNextPoll;

        void awaitPolls(int count) {
            while (polled < count) {
                Thread.onSpinWait();
            }
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // leaders only, one after the other
        public void beginGracePeriod() {
            begun++;
            if (failNextBegin) {
                failNextBegin = false;
                throw new OutOfMemoryError("scripted");
            }
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // leaders only, one after the other
        public boolean pollGracePeriod() {
            leader = Thread.currentThread();
            polled++;
            if (failNextPoll) {
                failNextPoll = false;
                throw new OutOfMemoryError("scripted");
            }
            return quiescent;
        }

        @Override
        public void listHoldouts(HoldoutList list) {}

        @Override
        public long countHoldouts() {
            return 0;
        }

        @Override
        public boolean callerIsInside() {
            return false;
        }

        @Override
        public boolean leaveCompletely() {
            return false;
        }

        @Override
        public void report() {
            try {
                onReport.run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {}

        @Override
        public boolean isClosed() {
            return false;
        }

        @Override
        public int registered() {
            return 0;
        }

        @Override
        public long diedInside() {
            return 0;
        }
    }
}

package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GracePeriodsTest {
    private final ScriptedReaders readers = new ScriptedReaders();
    private final GracePeriods gracePeriods = new GracePeriods(readers, 0, 1);

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

    /** Readers that do as a test says. */
    private static final class ScriptedReaders implements Readers {
        volatile boolean quiescent = true;
        volatile int begun;
        volatile int polled;
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
            polled++;
            if (failNextPoll) {
                failNextPoll = false;
                throw new OutOfMemoryError("scripted");
            }
            return quiescent;
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
        public void report() {}

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

package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RcuPollTest {
    private final Rcu rcu = Rcu.create("poll");

    @AfterEach
    void close() {
        rcu.close();
    }

    private void awaitPolled(long cookie) {
        while (!rcu.pollState(cookie)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void getStateStartsNothing() {
        long cookie = rcu.getState();
        assertFalse(rcu.pollState(cookie));
        assertEquals(0, rcu.stats().gracePeriods());
        rcu.synchronize();
        assertTrue(rcu.pollState(cookie));
        assertEquals(1, rcu.stats().gracePeriods());
        rcu.synchronize();
        assertTrue(rcu.pollState(cookie), "once true, always true");
    }

    @Test
    void startPollNeedsNobodyElse() throws Exception {
        awaitPolled(rcu.startPoll());
        OpenSection section = new OpenSection(rcu);
        long cookie = rcu.startPoll();
        assertFalse(rcu.pollState(cookie));
        long second = rcu.startPoll();
        section.leave();
        awaitPolled(second);
        assertTrue(rcu.pollState(cookie));
    }

    @Test
    void aCookieTakenInsideAPeriodIsNotDoneAtItsEnd() throws Exception {
        OpenSection section = new OpenSection(rcu);
        TestThread<Void> updater = TestThread.startAction(rcu::synchronize);
        updater.awaitParked();
        long early = rcu.getState();
        section.leave();
        updater.result();
        assertEquals(1, rcu.stats().gracePeriods());
        assertFalse(rcu.pollState(early), "that period began before the cookie was taken");
        rcu.condSynchronize(early);
        assertEquals(2, rcu.stats().gracePeriods());
        rcu.condSynchronize(early);
        assertEquals(2, rcu.stats().gracePeriods(), "nothing was left to wait for");
    }

    @Test
    void manyWhoStartPollingShareTwoGracePeriods() throws Exception {
        OpenSection section = new OpenSection(rcu);
        rcu.startPoll(); // the one in progress
        while (rcu.getState() == firstCookie()) {
            Thread.onSpinWait(); // until the driver has begun it
        }
        List<TestThread<Long>> pollers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pollers.add(TestThread.start(rcu::startPoll));
        }
        Set<Long> cookies = new HashSet<>();
        for (TestThread<Long> poller : pollers) {
            cookies.add(poller.result());
        }
        assertEquals(1, cookies.size(), "whoever comes during one period gets the next one's end");
        long cookie = cookies.iterator().next();
        assertFalse(rcu.pollState(cookie));
        section.leave();
        awaitPolled(cookie);
        rcu.close(); // lets the driver do whatever else it may have been asked for
        assertEquals(2, rcu.stats().gracePeriods());
    }

    /** What the first cookie of an idle domain is. */
    private static long firstCookie() {
        return GracePeriodSequence.cookieFor(0);
    }

    @Test
    void theCompletedCookieIsAlwaysDone() {
        assertTrue(rcu.pollState(RcuDomain.COMPLETED_STATE));
        rcu.condSynchronize(RcuDomain.COMPLETED_STATE);
        assertEquals(0, rcu.stats().gracePeriods());
    }

    @Test
    void aCookieOfAnotherDomainIsRefusedWhereItCanBeTold() {
        try (Rcu other = Rcu.create("other")) {
            for (int i = 0; i < 5; i++) {
                other.synchronize();
            }
            long foreign = other.getState();
            assertThrows(IllegalArgumentException.class, () -> rcu.pollState(foreign));
            assertThrows(IllegalArgumentException.class, () -> rcu.condSynchronize(foreign));
            assertThrows(IllegalArgumentException.class, () -> rcu.pollState(2));
        }
    }

    @Test
    void closeFinishesWhatWasAskedFor() {
        rcu.startPoll();
        rcu.close();
        assertEquals(1, rcu.stats().gracePeriods());
        assertThrows(IllegalStateException.class, rcu::startPoll);
        assertThrows(IllegalStateException.class, () -> rcu.pollState(RcuDomain.COMPLETED_STATE));
    }
}

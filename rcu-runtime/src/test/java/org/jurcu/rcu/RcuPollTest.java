package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

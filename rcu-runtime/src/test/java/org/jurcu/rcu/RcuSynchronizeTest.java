package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RcuSynchronizeTest {
    @Test
    void itReturnsAtOnceWithoutReaders() {
        try (Rcu rcu = Rcu.create("idle")) {
            rcu.synchronize();
            rcu.synchronizeExpedited();
            assertTrue(rcu.synchronize(Duration.ZERO));
            assertEquals(3, rcu.stats().gracePeriods());
        }
    }

    @Test
    void itWaitsForASectionThatBeganBefore() throws Exception {
        try (Rcu rcu = Rcu.create("waits")) {
            OpenSection section = new OpenSection(rcu);
            AtomicBoolean left = new AtomicBoolean();
            TestThread<Boolean> updater = TestThread.start(() -> {
                rcu.synchronize();
                return left.get();
            });
            updater.awaitParked();
            assertFalse(rcu.synchronize(Duration.ofMillis(1)));
            left.set(true);
            section.leave();
            assertTrue(updater.result());
        }
    }

    @Test
    void itDoesNotWaitForASectionThatBeganAfter() throws Exception {
        try (Rcu rcu = Rcu.create("newer")) {
            OpenSection old = new OpenSection(rcu);
            TestThread<Void> updater = TestThread.startAction(rcu::synchronize);
            updater.awaitParked();
            OpenSection young = new OpenSection(rcu);
            old.leave();
            updater.result();
            assertFalse(rcu.synchronize(Duration.ZERO), "a new call waits for the young section");
            young.leave();
        }
    }

    @Test
    void aTimeoutLosesNothing() throws Exception {
        try (Rcu rcu = Rcu.create("timed")) {
            OpenSection section = new OpenSection(rcu);
            for (int i = 0; i < 100; i++) {
                assertFalse(rcu.synchronize(Duration.ofNanos(i)));
            }
            assertEquals(0, rcu.stats().gracePeriods());
            section.leave();
            assertTrue(rcu.synchronize(Duration.ofSeconds(Long.MAX_VALUE)));
            assertEquals(2, rcu.stats().gracePeriods(), "the one left open, and one of our own");
            assertTrue(rcu.synchronize(Duration.ofSeconds(-1)), "a negative timeout looks once");
        }
    }

    @Test
    void shortTimeoutsAndOverlappingSectionsStillMakeProgress() throws Exception {
        try (Rcu rcu = Rcu.create("overlap")) {
            OpenSection section = new OpenSection(rcu);
            long cookie = rcu.getState();
            for (int i = 0; i < 20 && !rcu.pollState(cookie); i++) {
                assertFalse(rcu.synchronize(Duration.ZERO));
                OpenSection next = new OpenSection(rcu);
                section.leave();
                section = next;
            }
            assertTrue(rcu.pollState(cookie), "a grace period that is left open goes on, it does not begin anew");
            section.leave();
        }
    }

    @Test
    void anInterruptNeitherEndsTheWaitNorIsLost() throws Exception {
        try (Rcu rcu = Rcu.create("interrupt")) {
            OpenSection section = new OpenSection(rcu);
            List<TestThread<Boolean>> updaters = new ArrayList<>();
            for (int i = 0; i < 3; i++) { // a leader and two followers
                updaters.add(TestThread.start(() -> {
                    rcu.synchronize();
                    return Thread.currentThread().isInterrupted();
                }));
                updaters.get(i).awaitParked();
            }
            for (TestThread<Boolean> updater : updaters) {
                updater.thread().interrupt();
            }
            for (TestThread<Boolean> updater : updaters) {
                updater.awaitParked();
                assertFalse(updater.isDone());
            }
            section.leave();
            for (TestThread<Boolean> updater : updaters) {
                assertTrue(updater.result());
            }
        }
    }

    @Test
    void expeditedCallersHurryThePresentLeader() throws Exception {
        try (Rcu rcu = Rcu.create("expedited")) {
            OpenSection section = new OpenSection(rcu);
            TestThread<Void> leader = TestThread.startAction(rcu::synchronize);
            leader.awaitParked();
            TestThread<Void> expedited = TestThread.startAction(rcu::synchronizeExpedited);
            expedited.awaitParked();
            section.leave();
            leader.result();
            expedited.result();
            assertEquals(2, rcu.stats().gracePeriods());
        }
    }

    @Test
    void theSequenceMayWrap() throws Exception {
        try (Rcu rcu = Rcu.builder("wrap").firstSequence(-8).build()) {
            long cookie = rcu.getState();
            assertFalse(rcu.pollState(cookie));
            for (int i = 0; i < 5; i++) {
                rcu.synchronize();
                assertTrue(rcu.pollState(cookie));
            }
            assertEquals(5, rcu.stats().gracePeriods());
            rcu.call(() -> {});
            rcu.barrier();
            OpenSection section = new OpenSection(rcu);
            assertFalse(rcu.synchronize(Duration.ZERO));
            section.leave();
            rcu.condSynchronize(rcu.startPoll());
        }
    }

    @Test
    void aClosedDomainRefuses() {
        Rcu rcu = Rcu.create("closed");
        rcu.close();
        assertThrows(IllegalStateException.class, rcu::synchronize);
        assertThrows(IllegalStateException.class, rcu::synchronizeExpedited);
        assertThrows(IllegalStateException.class, () -> rcu.synchronize(Duration.ZERO));
        assertThrows(IllegalStateException.class, rcu::getState);
    }
}

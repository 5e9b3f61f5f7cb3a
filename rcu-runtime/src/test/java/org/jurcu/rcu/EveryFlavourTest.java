package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a domain promises whoever its readers are. */
class EveryFlavourTest {
    private static final int CALLERS = 30;

    private final AtomicInteger ran = new AtomicInteger();

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    // ---- grace periods ----

    /** Whoever comes while a period is in progress needs the next one, and that one serves them all. */
    @ParameterizedTest
    @EnumSource(Flavour.class)
    void concurrentCallersShareGracePeriods(Flavour flavour) throws Exception {
        try (RcuDomain domain = flavour.create("shared")) {
            OpenSection section = flavour.openSection(domain);
            TestThread<Void> leader = TestThread.startAction(domain::synchronize);
            leader.awaitParked();
            List<TestThread<Void>> followers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                boolean timed = i % 2 == 0;
                followers.add(TestThread.startAction(() -> {
                    if (timed) {
                        assertTrue(domain.synchronize(Duration.ofDays(1)));
                    } else {
                        domain.condSynchronize(domain.getState());
                    }
                }));
            }
            for (TestThread<Void> follower : followers) {
                follower.awaitParked();
            }
            assertEquals(0, domain.stats().gracePeriods());
            section.leave();
            leader.result();
            for (TestThread<Void> follower : followers) {
                follower.result();
            }
            assertEquals(2, domain.stats().gracePeriods(), "the one in progress, and one for all who came during it");
        }
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    void aTimedCallGivesUpAndLosesNothing(Flavour flavour) throws Exception {
        try (RcuDomain domain = flavour.create("timed")) {
            assertTrue(domain.synchronize(Duration.ZERO), "nobody is inside");
            OpenSection section = flavour.openSection(domain);
            for (int i = 0; i < 50; i++) {
                assertFalse(domain.synchronize(Duration.ofNanos(i)));
            }
            assertFalse(domain.synchronize(Duration.ofMillis(2)));
            assertFalse(domain.synchronize(Duration.ofSeconds(Long.MIN_VALUE)), "it looks once");
            assertEquals(1, domain.stats().gracePeriods());
            section.leave();
            assertTrue(domain.synchronize(Duration.ofSeconds(Long.MAX_VALUE)));
            assertEquals(3, domain.stats().gracePeriods(), "the one left open, and one of our own");
        }
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    void anExpeditedCallWaitsForSectionsTooAndHasAPeriodOfItsOwn(Flavour flavour) throws Exception {
        try (RcuDomain domain = flavour.create("expedited")) {
            OpenSection section = flavour.openSection(domain);
            TestThread<Void> leader = TestThread.startAction(domain::synchronize);
            leader.awaitParked();
            AtomicBoolean left = new AtomicBoolean();
            TestThread<Boolean> expedited = TestThread.start(() -> {
                domain.synchronizeExpedited();
                return left.get();
            });
            expedited.awaitParked();
            left.set(true);
            section.leave();
            assertTrue(expedited.result());
            leader.result();
            assertEquals(2, domain.stats().gracePeriods());
        }
    }

    // ---- cookies ----

    @ParameterizedTest
    @EnumSource(Flavour.class)
    void aCookieIsDoneWhenAPeriodThatBeganBehindItHasEnded(Flavour flavour) throws Exception {
        try (RcuDomain domain = flavour.create("cookies")) {
            long idle = domain.getState();
            assertFalse(domain.pollState(idle), "and nobody was asked to begin one");
            OpenSection section = flavour.openSection(domain);
            TestThread<Void> updater = TestThread.startAction(domain::synchronize);
            updater.awaitParked();
            long inside = domain.getState();
            section.leave();
            updater.result();
            assertTrue(domain.pollState(idle));
            assertFalse(domain.pollState(inside), "that period began before the cookie was taken");
            assertEquals(1, domain.stats().gracePeriods());
            domain.condSynchronize(inside);
            assertTrue(domain.pollState(inside));
            domain.condSynchronize(inside);
            assertEquals(2, domain.stats().gracePeriods(), "nothing was left to wait for");
            assertTrue(domain.pollState(RcuDomain.COMPLETED_STATE));
        }
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    void startPollNeedsNobodyElse(Flavour flavour) throws Exception {
        try (RcuDomain domain = flavour.create("polled")) {
            OpenSection section = flavour.openSection(domain);
            long cookie = domain.startPoll();
            assertFalse(domain.pollState(cookie));
            section.leave();
            while (!domain.pollState(cookie)) { // the test's time limit ends this
                Thread.onSpinWait();
            }
        }
    }

    /** Both near the wrap of signed and near that of unsigned comparison. */
    @ParameterizedTest
    @EnumSource(Flavour.class)
    void cookiesSurviveTheWrap(Flavour flavour) throws Exception {
        for (long first : new long[] {-8, Long.MAX_VALUE - 7}) {
            try (RcuDomain domain = flavour.create("wrap", options -> options.firstSequence(first))) {
                long fromIdle = domain.getState();
                assertEquals(first + 4, fromIdle);
                OpenSection section = flavour.openSection(domain);
                assertFalse(domain.synchronize(Duration.ZERO)); // leaves a period in progress
                long fromInside = domain.startPoll();
                assertEquals(first + 8, fromInside); // beyond the wrap
                assertFalse(domain.pollState(fromIdle));
                assertFalse(domain.pollState(fromInside));
                section.leave();
                domain.condSynchronize(fromInside);
                for (int i = 0; i < 3; i++) {
                    assertTrue(domain.pollState(fromIdle));
                    assertTrue(domain.pollState(fromInside));
                    domain.synchronize();
                }
                assertEquals(5, domain.stats().gracePeriods());
                domain.call(ran::incrementAndGet);
                domain.barrier();
            }
        }
        assertEquals(2, ran.get());
    }

    // ---- callbacks ----

    @ParameterizedTest
    @EnumSource(Flavour.class)
    void aCallbackWaitsForTheSectionsBeforeIt(Flavour flavour) throws Exception {
        try (RcuDomain domain = flavour.create("callback")) {
            OpenSection section = flavour.openSection(domain);
            AtomicBoolean left = new AtomicBoolean();
            AtomicBoolean seen = new AtomicBoolean();
            domain.call(() -> seen.set(left.get()));
            TestThread<Void> barrier = TestThread.startAction(domain::barrier);
            barrier.awaitParked();
            assertEquals(1, domain.stats().backlog());
            assertTrue(domain.stats().backlogAgeNanos() > 0);
            left.set(true);
            section.leave();
            barrier.result();
            assertTrue(seen.get());
            assertEquals(0, domain.stats().backlog());
        }
    }

    /** One that throws, one that queues another, one that comes from inside a section, and one whose caller is dead. */
    @ParameterizedTest
    @EnumSource(Flavour.class)
    void noCallbackIsLostWhateverOthersDo(Flavour flavour) throws Exception {
        try (RcuDomain domain = flavour.create("callbacks")) {
            domain.call(() -> {
                throw new RcuCallTest.ExpectedError();
            });
            domain.call(() -> domain.call(ran::incrementAndGet));
            TestThread.startAction(() -> {
                        Flavour.Section section = flavour.enter(domain);
                        AtomicBoolean own = new AtomicBoolean();
                        domain.call(() -> own.set(ran.incrementAndGet() > 0));
                        assertFalse(own.get(), "its caller is still inside");
                        section.leave();
                    })
                    .result();
            domain.barrier();
            domain.barrier(); // the second link of the chain
            assertEquals(2, ran.get());
            assertEquals(1, domain.stats().callbackFailures());
            assertEquals(4, domain.stats().callbacksInvoked());
        }
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    void aBarrierWaitsForSlowCallbacksAndSynchronizeDoesNot(Flavour flavour) throws Exception {
        try (RcuDomain domain = flavour.create("barrier")) {
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch mayEnd = new CountDownLatch(1);
            domain.call(() -> {
                running.countDown();
                awaitUnchecked(mayEnd);
                ran.incrementAndGet();
            });
            running.await();
            TestThread<Integer> barrier = TestThread.start(() -> {
                domain.barrier();
                return ran.get();
            });
            domain.synchronize();
            domain.synchronizeExpedited();
            assertEquals(0, ran.get());
            barrier.awaitParked();
            mayEnd.countDown();
            assertEquals(1, barrier.result());
        }
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    void aBarrierWithNothingQueuedWaitsForNoReader(Flavour flavour) throws Exception {
        try (RcuDomain domain = flavour.create("barrier")) {
            OpenSection section = flavour.openSection(domain);
            domain.barrier();
            assertEquals(0, domain.stats().gracePeriods());
            section.leave();
        }
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    void closeRunsWhatIsQueuedAndWhatThatQueues(Flavour flavour) throws Exception {
        RcuDomain domain = flavour.create("closing");
        OpenSection section = flavour.openSection(domain);
        domain.call(() -> domain.call(() -> domain.call(ran::incrementAndGet)));
        TestThread<Void> closer = TestThread.startAction(domain::close);
        closer.awaitParked();
        assertThrows(IllegalStateException.class, () -> domain.call(ran::incrementAndGet));
        assertEquals(0, ran.get());
        section.leave();
        closer.result();
        assertEquals(1, ran.get());
        assertEquals(0, domain.stats().backlog());
    }

    /** A batch waits, and behind it the next one gathers: two grace periods for any number of callbacks. */
    @ParameterizedTest
    @EnumSource(Flavour.class)
    void theNextBatchGathersWhileOneWaits(Flavour flavour) throws Exception {
        try (RcuDomain domain = flavour.create("batches")) {
            OpenSection section = flavour.openSection(domain);
            CountDownLatch first = new CountDownLatch(1);
            domain.call(first::countDown);
            TestThread<Void> barrier = TestThread.startAction(domain::barrier);
            barrier.awaitParked();
            for (int i = 0; i < 1_000; i++) {
                domain.call(ran::incrementAndGet);
            }
            assertEquals(1, first.getCount());
            section.leave();
            barrier.result();
            domain.barrier();
            assertEquals(1_000, ran.get());
            assertTrue(domain.stats().gracePeriods() <= 2, domain.stats().toString());
        }
    }

    // ---- back-pressure ----

    private static RcuDomain pressed(Flavour flavour, BackpressurePolicy policy, int limit) {
        return flavour.create("pressed", options -> {
            options.callbackQueues(1);
            options.backpressure(policy);
            options.highWaterMark(limit);
            options.limit(limit);
            options.patience(Duration.ofDays(1));
        });
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    void expediteHurriesAndAccepts(Flavour flavour) throws Exception {
        try (RcuDomain domain = pressed(flavour, BackpressurePolicy.EXPEDITE, 16)) {
            OpenSection section = flavour.openSection(domain);
            for (int i = 0; i < 200; i++) {
                domain.call(ran::incrementAndGet);
            }
            assertEquals(200, domain.stats().backlog());
            assertTrue(domain.stats().gracePeriodsHurried() > 0);
            section.leave();
            domain.barrier();
            assertEquals(200, ran.get());
        }
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    void rejectRefusesAtTheLimit(Flavour flavour) throws Exception {
        try (RcuDomain domain = pressed(flavour, BackpressurePolicy.REJECT, 16)) {
            OpenSection section = flavour.openSection(domain);
            int accepted = 0;
            try {
                for (; ; accepted++) {
                    domain.call(ran::incrementAndGet);
                }
            } catch (RejectedExecutionException e) {
                assertTrue(accepted >= 16 && accepted <= Backpressure.mostQueued(16, 16, 1, 1), "accepted " + accepted);
            }
            section.leave();
            domain.barrier();
            assertEquals(accepted, ran.get());
        }
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    void blockCallerWaitsForRoom(Flavour flavour) throws Exception {
        try (RcuDomain domain = pressed(flavour, BackpressurePolicy.BLOCK_CALLER, 16)) {
            OpenSection section = flavour.openSection(domain);
            TestThread<Void> caller = TestThread.startAction(() -> {
                for (int i = 0; i < 200; i++) {
                    domain.call(ran::incrementAndGet);
                }
            });
            while (domain.stats().callsBlocked() == 0) {
                Thread.onSpinWait();
            }
            caller.awaitParked();
            assertTrue(domain.stats().backlog() <= Backpressure.mostQueued(16, 16, 1, 1));
            section.leave();
            caller.result();
            domain.barrier();
            assertEquals(200, ran.get());
        }
    }
}

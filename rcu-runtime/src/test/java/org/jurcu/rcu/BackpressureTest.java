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
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackpressureTest {
    private static final Duration FOREVER = Duration.ofDays(1);

    private final AtomicInteger ran = new AtomicInteger();

    private static Rcu domain(BackpressurePolicy policy, int limit) {
        return Rcu.builder("pressed")
                .callbackQueues(1)
                .backpressure(policy)
                .highWaterMark(limit)
                .limit(limit)
                .patience(FOREVER)
                .build();
    }

    private void call(Rcu rcu, int times) {
        for (int i = 0; i < times; i++) {
            rcu.call(ran::incrementAndGet);
        }
    }

    @Test
    void byDefaultNoCallWaitsAndNoneIsRefused() throws Exception {
        int flood = 10 * DomainOptions.DEFAULT_HIGH_WATER_MARK + 10_000;
        try (Rcu rcu = Rcu.create("default")) {
            OpenSection section = new OpenSection(rcu);
            call(rcu, flood);
            RcuStats stats = rcu.stats();
            assertEquals(flood, stats.backlog());
            assertEquals(0, stats.callsBlocked());
            assertEquals(0, stats.callsRejected());
            assertTrue(stats.gracePeriodsHurried() > 0);
            section.leave();
            rcu.barrier();
            assertEquals(flood, ran.get());
        }
    }

    @Test
    void aGracePeriodIsHurriedAboveTheMarkAndOnlyThere() throws Exception {
        try (Rcu rcu = Rcu.builder("hurried")
                .callbackQueues(1)
                .highWaterMark(10)
                .highWaterAge(FOREVER)
                .build()) {
            call(rcu, 10);
            rcu.barrier();
            assertEquals(0, rcu.stats().gracePeriodsHurried());
            OpenSection section = new OpenSection(rcu);
            call(rcu, 12); // the last of them sees the eleven before it
            assertTrue(rcu.stats().gracePeriodsHurried() >= 1);
            section.leave();
            rcu.barrier();
            long hurried = rcu.stats().gracePeriodsHurried();
            call(rcu, 10);
            rcu.barrier();
            assertEquals(hurried, rcu.stats().gracePeriodsHurried(), "the hurry is over when the backlog is");
        }
    }

    @Test
    void aGracePeriodIsHurriedWhenTheOldestCallbackIsOld() throws Exception {
        try (Rcu rcu = Rcu.builder("aged").highWaterAge(Duration.ofNanos(1)).build()) {
            OpenSection section = new OpenSection(rcu);
            call(rcu, 1);
            while (rcu.stats().gracePeriodsHurried() == 0) {
                Thread.onSpinWait();
            }
            section.leave();
            rcu.barrier();
        }
    }

    @Test
    void rejectRefusesAtTheLimitAndQueuesNothing() throws Exception {
        int limit = 64;
        try (Rcu rcu = domain(BackpressurePolicy.REJECT, limit)) {
            OpenSection section = new OpenSection(rcu);
            int accepted = 0;
            RejectedExecutionException refusal = null;
            while (refusal == null) {
                try {
                    rcu.call(ran::incrementAndGet);
                    accepted++;
                } catch (RejectedExecutionException e) {
                    refusal = e;
                }
            }
            assertTrue(accepted >= limit);
            assertTrue(accepted <= Backpressure.mostQueued(limit, limit, 1, 1));
            assertEquals(accepted, rcu.stats().backlog());
            assertEquals(1, rcu.stats().callsRejected());
            assertTrue(refusal.getMessage().contains("limit is " + limit));
            assertTrue(refusal.getMessage().contains("call again"));
            section.leave();
            rcu.barrier();
            assertEquals(accepted, ran.get());
            call(rcu, 1); // room again
            rcu.barrier();
            assertEquals(accepted + 1, ran.get());
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 1, 4", "100, 2, 4", "5000, 4, 3", "70000, 1, 2"}) // the last fills a ring and goes on behind it
    void noMoreIsQueuedThanTheSumSays(int limit, int stripes, int callers) throws Exception {
        try (Rcu rcu = Rcu.builder("bound")
                .callbackQueues(stripes)
                .backpressure(BackpressurePolicy.REJECT)
                .highWaterMark(limit)
                .limit(limit)
                .build()) {
            OpenSection section = new OpenSection(rcu);
            List<TestThread<Integer>> threads = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                threads.add(TestThread.start(() -> {
                    int accepted = 0;
                    for (int refused = 0; refused < 100; ) {
                        try {
                            rcu.call(ran::incrementAndGet);
                            accepted++;
                        } catch (RejectedExecutionException e) {
                            refused++;
                        }
                    }
                    return accepted;
                }));
            }
            int accepted = 0;
            for (TestThread<Integer> thread : threads) {
                accepted += thread.result();
            }
            assertEquals(accepted, rcu.stats().backlog());
            assertTrue(accepted >= limit);
            long bound = Backpressure.mostQueued(limit, limit, stripes, callers);
            assertTrue(accepted <= bound, accepted + " are queued, and at most " + bound + " may be");
            section.leave();
            rcu.barrier();
            assertEquals(accepted, ran.get());
        }
    }

    @Test
    void theSumIsAsDocumented() {
        assertEquals(1, Backpressure.step(1, 1));
        assertEquals(625, Backpressure.step(10_000, 1));
        assertEquals(312, Backpressure.step(10_000, 2));
        assertEquals(253, Backpressure.step(10_000, 64), "four cache lines a stripe, spread over as many calls");
        assertEquals(49_999 + 2 * 2 * 312 + 8, Backpressure.mostQueued(50_000, 10_000, 2, 8));
    }

    @Test
    void aBlockedCallerGoesOnWhenThereIsRoomAndKeepsItsInterrupt() throws Exception {
        int limit = 32;
        try (Rcu rcu = domain(BackpressurePolicy.BLOCK_CALLER, limit)) {
            OpenSection section = new OpenSection(rcu);
            TestThread<Boolean> caller = TestThread.start(() -> {
                call(rcu, 10 * limit);
                return Thread.currentThread().isInterrupted();
            });
            while (rcu.stats().callsBlocked() == 0) {
                Thread.onSpinWait();
            }
            caller.awaitParked();
            long backlog = rcu.stats().backlog();
            assertTrue(
                    backlog >= limit && backlog <= Backpressure.mostQueued(limit, limit, 1, 1), "backlog " + backlog);
            caller.thread().interrupt();
            while (caller.thread().isInterrupted()) { // parking needs a clear flag
                Thread.onSpinWait();
            }
            assertFalse(caller.isDone());
            section.leave();
            assertTrue(caller.result());
            rcu.barrier();
            assertEquals(10 * limit, ran.get());
        }
    }

    @Test
    void noBlockedCallerIsForgotten() throws Exception {
        int callers = 4;
        int each = 5_000;
        try (Rcu rcu = domain(BackpressurePolicy.BLOCK_CALLER, 8)) {
            List<TestThread<Void>> threads = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                threads.add(TestThread.startAction(() -> call(rcu, each)));
            }
            for (TestThread<Void> thread : threads) {
                thread.result();
            }
            rcu.barrier();
            assertEquals(callers * each, ran.get());
            assertTrue(rcu.stats().callsBlocked() > 0);
        }
    }

    @Test
    void aCallerInsideASectionIsLetThrough() {
        int limit = 8;
        try (Rcu rcu = domain(BackpressurePolicy.BLOCK_CALLER, limit)) {
            rcu.readLock();
            call(rcu, 10 * limit); // each would wait for this very section
            rcu.readUnlock();
            assertEquals(0, rcu.stats().callsBlocked());
            rcu.barrier();
            assertEquals(10 * limit, ran.get());
        }
    }

    @Test
    void aCallbackIsLetThroughIntoItsOwnDomainAndIntoOthers() throws Exception {
        int limit = 8;
        try (Rcu rcu = domain(BackpressurePolicy.BLOCK_CALLER, limit);
                Rcu other = domain(BackpressurePolicy.BLOCK_CALLER, limit)) {
            OpenSection section = new OpenSection(other);
            rcu.call(() -> {
                call(rcu, 10 * limit);
                call(other, 10 * limit); // whose callbacks may be doing the same to us
            });
            rcu.barrier();
            assertEquals(0, rcu.stats().callsBlocked() + other.stats().callsBlocked());
            section.leave();
            rcu.barrier();
            other.barrier();
            assertEquals(20 * limit, ran.get());
        }
    }

    @Test
    void aCallerThatHoldsWhatACallbackWantsIsLetThroughInTheEnd() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        CountDownLatch held = new CountDownLatch(1);
        try (Rcu rcu = Rcu.builder("lock")
                .callbackQueues(1)
                .backpressure(BackpressurePolicy.BLOCK_CALLER)
                .highWaterMark(1)
                .limit(1)
                .patience(Duration.ofMillis(10))
                .build()) {
            TestThread<Void> caller = TestThread.startAction(() -> {
                lock.lock();
                try {
                    held.countDown();
                    for (int i = 0; i < 5; i++) {
                        rcu.call(() -> {
                            lock.lock();
                            try {
                                ran.incrementAndGet();
                            } finally {
                                lock.unlock();
                            }
                        });
                    }
                } finally {
                    lock.unlock();
                }
            });
            held.await();
            caller.result();
            rcu.barrier();
            assertEquals(5, ran.get());
            assertTrue(rcu.stats().callsBlocked() > 0);
        }
    }

    @Test
    void aCloseSendsBlockedCallersAway() throws Exception {
        Rcu rcu = domain(BackpressurePolicy.BLOCK_CALLER, 4);
        OpenSection section = new OpenSection(rcu);
        AtomicInteger accepted = new AtomicInteger();
        TestThread<String> caller = TestThread.start(() -> {
            try {
                for (; ; ) {
                    call(rcu, 1);
                    accepted.incrementAndGet();
                }
            } catch (IllegalStateException closed) {
                return closed.getMessage();
            }
        });
        while (rcu.stats().callsBlocked() == 0) {
            Thread.onSpinWait();
        }
        TestThread<Void> closer = TestThread.startAction(rcu::close);
        assertTrue(caller.result().contains("is closed"));
        section.leave();
        closer.result();
        assertEquals(accepted.get(), ran.get());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aBlockedVirtualThreadParksAndFreesItsCarrier() throws Exception {
        try (Rcu rcu = domain(BackpressurePolicy.BLOCK_CALLER, 4)) {
            OpenSection section = new OpenSection(rcu);
            List<Thread> threads = new ArrayList<>();
            int count = 8 * Runtime.getRuntime().availableProcessors();
            for (int i = 0; i < count; i++) {
                threads.add(VirtualThreadsTest.startVirtual(() -> call(rcu, 10)));
            }
            while (rcu.stats().callsBlocked() < count) { // more than there are carriers
                Thread.onSpinWait();
            }
            AtomicBoolean other = new AtomicBoolean();
            VirtualThreadsTest.startVirtual(() -> other.set(true)).join();
            assertTrue(other.get());
            section.leave();
            for (Thread thread : threads) {
                thread.join();
            }
            rcu.barrier();
            assertEquals(10 * count, ran.get());
        }
    }

    @Test
    void argumentsAreChecked() {
        Rcu.Builder builder = Rcu.builder("arguments");
        assertThrows(NullPointerException.class, () -> builder.backpressure(null));
        assertThrows(IllegalArgumentException.class, () -> builder.highWaterMark(0));
        assertThrows(IllegalArgumentException.class, () -> builder.limit(0));
        assertThrows(IllegalArgumentException.class, () -> builder.highWaterAge(Duration.ZERO));
        builder.limit(9_999);
        IllegalArgumentException crossed = assertThrows(IllegalArgumentException.class, builder::build);
        assertTrue(crossed.getMessage().contains("highWaterMark()"));
        builder.highWaterMark(9_999).build().close();
    }
}

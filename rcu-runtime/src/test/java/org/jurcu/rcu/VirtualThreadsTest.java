package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class VirtualThreadsTest {
    static Thread startVirtual(Runnable body) throws ReflectiveOperationException {
        return (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
    }

    @Test
    void aPlatformThreadIsNotVirtual() {
        assertFalse(VirtualThreads.currentIsVirtual());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aVirtualThreadIsVirtual() throws Exception {
        AtomicInteger virtual = new AtomicInteger();
        startVirtual(() -> virtual.set(VirtualThreads.currentIsVirtual() ? 1 : 2))
                .join();
        assertEquals(1, virtual.get());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void virtualThreadsInNumbersReadBlockInsideAndAreWaitedFor() throws Exception {
        int count = 100_000;
        try (Rcu rcu = Rcu.create("virtual")) {
            CountDownLatch inside = new CountDownLatch(count);
            CountDownLatch leave = new CountDownLatch(1);
            AtomicInteger left = new AtomicInteger();
            AtomicBoolean stop = new AtomicBoolean();
            TestThread<Void> updater = TestThread.startAction(() -> {
                while (!stop.get()) {
                    rcu.synchronize(Duration.ofMillis(1));
                }
            });
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                threads.add(startVirtual(() -> {
                    rcu.readLock();
                    inside.countDown();
                    awaitQuietly(leave);
                    left.incrementAndGet();
                    rcu.readUnlock();
                }));
            }
            inside.await();
            assertEquals(0, rcu.stats().readersRegistered());
            assertFalse(rcu.synchronize(Duration.ZERO));
            stop.set(true);
            updater.result();
            AtomicInteger seen = new AtomicInteger();
            Thread last = startVirtual(() -> {
                rcu.synchronize();
                seen.set(left.get());
            });
            leave.countDown();
            last.join();
            assertEquals(count, seen.get());
            for (Thread thread : threads) {
                thread.join();
            }
            rcu.synchronize();
            assertEquals(0, rcu.stats().readersDiedInside());
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs the body on a virtual thread, and throws what it throws. */
    private static void runVirtual(TestThread.Action body) throws Exception {
        FutureTask<Void> task = new FutureTask<>(() -> {
            body.run();
            return null;
        });
        startVirtual(task).join();
        task.get();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aVirtualThreadNestsAndItsMisuseIsRefused() throws Exception {
        try (Rcu rcu = Rcu.create("virtual")) {
            runVirtual(() -> {
                assertThrows(IllegalStateException.class, rcu::readUnlock);
                assertFalse(rcu.readLockHeld());
                rcu.readLock();
                rcu.readLock();
                rcu.readUnlock();
                assertTrue(rcu.readLockHeld());
                assertThrows(IllegalStateException.class, rcu::synchronize);
                assertThrows(IllegalStateException.class, rcu::barrier);
                assertThrows(IllegalStateException.class, rcu::close);
                assertThrows(IllegalStateException.class, rcu::register);
                rcu.readUnlock();
                assertThrows(IllegalStateException.class, rcu::readUnlock);
                rcu.synchronize();
            });
            assertFalse(rcu.readLockHeld());
            assertEquals(0, rcu.stats().readersRegistered());
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aVirtualThreadMayHaveAHandle() throws Exception {
        try (Rcu rcu = Rcu.create("virtual")) {
            runVirtual(() -> {
                rcu.readLock();
                rcu.readUnlock();
                try (RcuReader reader = rcu.register()) {
                    assertEquals(1, rcu.stats().readersRegistered());
                    rcu.readLock();
                    assertTrue(reader.held(), "the section of readLock() is the handle's too");
                    reader.unlock();
                    assertFalse(rcu.readLockHeld());
                }
                assertEquals(0, rcu.stats().readersRegistered());
                rcu.readLock();
                assertTrue(rcu.readLockHeld());
                rcu.readUnlock();
            });
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aVirtualThreadThatDiesInsideIsReportedAndNotWaitedFor() throws Exception {
        try (Rcu rcu = Rcu.create("virtual")) {
            runVirtual(rcu::readLock);
            assertFalse(rcu.synchronize(Duration.ZERO));
            rcu.synchronize();
            rcu.synchronize();
            assertEquals(1, rcu.stats().readersDiedInside());
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aClosedDomainRefusesVirtualThreads() throws Exception {
        Rcu rcu = Rcu.create("virtual");
        runVirtual(() -> {
            rcu.readLock();
            rcu.readUnlock();
        });
        rcu.close();
        runVirtual(() -> {
            assertThrows(IllegalStateException.class, rcu::readLock);
            assertFalse(rcu.readLockHeld());
        });
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void virtualThreadsInNumbersBlockInsideSrcu() throws Exception {
        int count = 100_000;
        try (Srcu srcu = Srcu.create("virtual")) {
            CountDownLatch inside = new CountDownLatch(count);
            CountDownLatch leave = new CountDownLatch(1);
            AtomicInteger left = new AtomicInteger();
            for (int i = 0; i < count; i++) {
                startVirtual(() -> {
                    int token = srcu.readLock();
                    inside.countDown();
                    awaitQuietly(leave);
                    left.incrementAndGet();
                    srcu.readUnlock(token);
                });
            }
            inside.await();
            assertFalse(srcu.synchronize(Duration.ZERO));
            leave.countDown();
            srcu.synchronize();
            assertEquals(count, left.get());
        }
    }

    /** The waiting virtual thread gets no carrier, and the others must go on without it. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aVirtualThreadWithoutCarrierHoldsNobodyUp() throws Exception {
        try (Rcu rcu = Rcu.create("carriers")) {
            OpenSection section = new OpenSection(rcu);
            Thread waiter = startVirtual(rcu::synchronize);
            while (waiter.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            int carriers = Integer.getInteger(
                    "jdk.virtualThreadScheduler.parallelism",
                    Runtime.getRuntime().availableProcessors());
            CountDownLatch occupied = new CountDownLatch(carriers);
            AtomicBoolean leave = new AtomicBoolean();
            List<Thread> occupiers = new ArrayList<>();
            for (int i = 0; i < carriers; i++) {
                occupiers.add(startVirtual(() -> {
                    occupied.countDown();
                    while (!leave.get()) {
                        Thread.onSpinWait();
                    }
                }));
            }
            try {
                occupied.await();
                TestThread<Void> platform = TestThread.startAction(rcu::synchronize);
                section.leave();
                platform.result();
            } finally {
                leave.set(true);
            }
            waiter.join();
            for (Thread occupier : occupiers) {
                occupier.join();
            }
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aCallbackMayTakeTheLockUnderWhichAVirtualThreadSynchronizes() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        AtomicInteger ran = new AtomicInteger();
        try (Rcu rcu = Rcu.create("locks")) {
            Thread updater = startVirtual(() -> {
                lock.lock();
                try {
                    rcu.call(() -> {
                        lock.lock();
                        try {
                            ran.incrementAndGet();
                        } finally {
                            lock.unlock();
                        }
                    });
                    while (rcu.stats().gracePeriods() == 0 || !lock.hasQueuedThreads()) {
                        Thread.onSpinWait(); // until the callback waits for us
                    }
                    rcu.synchronize();
                } finally {
                    lock.unlock();
                }
            });
            updater.join();
            rcu.barrier();
            assertEquals(1, ran.get());
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void virtualThreadsCallAndSynchronizeInNumbers() throws Exception {
        int count = 500;
        AtomicInteger ran = new AtomicInteger();
        try (Rcu rcu = Rcu.create("virtual")) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                threads.add(startVirtual(() -> {
                    rcu.call(ran::incrementAndGet);
                    rcu.synchronize();
                    rcu.barrier();
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(count, ran.get());
            assertTrue(rcu.stats().gracePeriods() <= 2L * count);
        }
    }
}

package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryLockTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 20_000;

    private final RegistryLock lock = new RegistryLock();
    private int guarded;

    private void increment() {
        Thread me = Thread.currentThread();
        try {
            lock.acquire(me);
            guarded++;
        } finally {
            if (lock.holder == me) {
                lock.holder = null;
            }
        }
    }

    @Test
    void oneHasItAtATime() throws Exception {
        TestThread<?>[] threads = new TestThread<?>[THREADS];
        for (int i = 0; i < THREADS; i++) {
            threads[i] = TestThread.startAction(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    increment();
                }
            });
        }
        for (TestThread<?> thread : threads) {
            thread.result();
        }
        assertEquals(THREADS * ROUNDS, guarded);
    }

    @Test
    void whoWaitsParksAndKeepsItsInterrupt() throws Exception {
        Thread me = Thread.currentThread();
        lock.acquire(me);
        TestThread<Boolean> waiting = TestThread.start(() -> {
            increment();
            return Thread.interrupted();
        });
        waiting.awaitParked();
        assertFalse(lock.tryAcquire(waiting.thread()));
        waiting.thread().interrupt();
        awaitTurnInPark(waiting.thread(), lock);
        lock.holder = null;
        assertTrue(waiting.result());
        assertEquals(1, guarded);
    }

    /** Whoever is interrupted does not stay there, but comes again and again. */
    private static void awaitTurnInPark(Thread thread, RegistryLock lock) {
        while (LockSupport.getBlocker(thread) != lock) {
            Thread.onSpinWait();
        }
    }

    /** A thread whose {@code interrupt()}, when it calls that itself, reads. */
    private static final class ReadsWhenInterrupted extends Thread {
        private final Rcu rcu;
        private final AtomicInteger ownInterrupts = new AtomicInteger();

        ReadsWhenInterrupted(Rcu rcu, Runnable body) {
            super(body, "reads when interrupted");
            this.rcu = rcu;
            setDaemon(true);
        }

        @Override
        public void interrupt() {
            super.interrupt();
            if (Thread.currentThread() == this) {
                ownInterrupts.incrementAndGet();
                rcu.readLock();
                rcu.readUnlock();
            }
        }
    }

    /** Under the lock it would wait for itself; behind the lock it could unregister who is about to announce. */
    @Test
    void noOverriddenInterruptIsCalled() throws Exception {
        RcuReaders readers = new RcuReaders("lock");
        try (Rcu rcu = Rcu.builder("lock").build(readers)) {
            FutureTask<Boolean> reading = new FutureTask<>(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
                rcu.readLock();
                rcu.readUnlock();
                return Thread.interrupted();
            });
            ReadsWhenInterrupted thread = new ReadsWhenInterrupted(rcu, reading);
            readers.registry.lock.acquire(Thread.currentThread());
            thread.start();
            thread.interrupt();
            awaitTurnInPark(thread, readers.registry.lock);
            readers.registry.lock.holder = null;
            assertTrue(reading.get(50, TimeUnit.SECONDS), "the interrupt was lost");
            assertEquals(0, thread.ownInterrupts.get());
        }
    }

    /** What it was unparked for before, by the application, it has still to hear of. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoWaitsKeepsItsPermitToPark(boolean yielding) throws Exception {
        Thread me = Thread.currentThread();
        lock.acquire(me);
        TestThread<Void> waiting = TestThread.startAction(() -> {
            Thread self = Thread.currentThread();
            LockSupport.unpark(self);
            if (yielding) {
                lock.acquireYielding(self);
            } else {
                lock.acquire(self);
            }
            LockSupport.park(); // for ever, if the lock has used the permit up
        });
        waiting.awaitParked();
        lock.holder = null;
        waiting.result();
    }

    /** Whoever is at work in the registry may have lost its processor; a leader does not wait for it. */
    @Test
    void noGracePeriodWaitsForIt() throws Exception {
        RcuReaders readers = new RcuReaders("lock");
        try (Rcu rcu = Rcu.builder("lock").build(readers)) {
            TestThread.startAction(rcu::readLock).result();
            TestThread<Void> holder =
                    TestThread.startAction(() -> readers.registry.lock.acquire(Thread.currentThread()));
            holder.result();
            assertTrue(TestThread.start(() -> rcu.synchronize(Duration.ofSeconds(40)))
                    .result());
            assertEquals(1, rcu.stats().readersRegistered(), "it was removed under another's lock");
            readers.registry.lock.holder = null;
            rcu.synchronize();
            assertEquals(0, rcu.stats().readersRegistered());
            assertEquals(1, rcu.stats().readersDiedInside());
        }
    }

    /** A first section at every depth from the end of the stack on: none of the errors may leave the lock held. */
    @Test
    void noErrorLeavesItHeld() throws Exception {
        for (int i = 0; i < 20; i++) {
            RcuReaders readers = new RcuReaders("lock");
            try (Rcu rcu = Rcu.builder("lock").build(readers)) {
                StackEnd end = new StackEnd(60, () -> {
                    rcu.readLock();
                    rcu.readUnlock();
                });
                end.run();
                assertTrue(end.overflows() > 0);
                assertNull(readers.registry.lock.holder);
                assertTrue(rcu.synchronize(Duration.ofSeconds(40)));
            }
        }
    }

    /**
     * A virtual thread comes first and waits without a carrier; those who come next wait pinned to all the carriers there
     * are. A lock that is handed to who came first would never be free again.
     */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads came with JDK 21")
    void whoArePinnedToAllCarriersDoNotWaitForOneWithoutACarrier() throws Exception {
        Thread me = Thread.currentThread();
        lock.acquire(me);
        Thread first = VirtualThreadsTest.startVirtual(this::increment);
        while (first.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        int carriers = Integer.getInteger(
                "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
        CountDownLatch pinned = new CountDownLatch(carriers);
        List<Thread> threads = new ArrayList<>(List.of(first));
        for (int i = 0; i < carriers; i++) {
            threads.add(VirtualThreadsTest.startVirtual(() -> PinnedSection.run(() -> {
                pinned.countDown();
                increment();
            })));
        }
        pinned.await();
        lock.holder = null;
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(carriers + 1, guarded);
    }
}

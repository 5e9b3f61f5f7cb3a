package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class VirtualThreadsTest {
    private static Thread startVirtual(Runnable body) throws ReflectiveOperationException {
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
    void virtualThreadsReadParkInsideAndAreWaitedFor() throws Exception {
        int count = 1_000;
        try (Rcu rcu = Rcu.create("virtual")) {
            CountDownLatch inside = new CountDownLatch(count);
            CountDownLatch leave = new CountDownLatch(1);
            AtomicInteger left = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                threads.add(startVirtual(() -> {
                    rcu.readLock();
                    inside.countDown();
                    try {
                        leave.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    left.incrementAndGet();
                    rcu.readUnlock();
                }));
            }
            inside.await();
            assertEquals(count, rcu.stats().readersRegistered());
            assertFalse(rcu.synchronize(Duration.ZERO));
            AtomicInteger seen = new AtomicInteger();
            Thread updater = startVirtual(() -> {
                rcu.synchronize();
                seen.set(left.get());
            });
            leave.countDown();
            updater.join();
            assertEquals(count, seen.get());
            for (Thread thread : threads) {
                thread.join();
            }
            while (rcu.stats().readersRegistered() > 0) { // a few at each grace period
                rcu.synchronize();
            }
            assertEquals(0, rcu.stats().readersDiedInside());
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

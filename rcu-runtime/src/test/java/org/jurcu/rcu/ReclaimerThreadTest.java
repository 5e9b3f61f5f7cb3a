package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReclaimerThreadTest {
    @Test
    void itEndsWhenIdleAndComesBack() throws Exception {
        try (Rcu rcu = Rcu.builder("idle").idleTime(Duration.ofMillis(1)).build()) {
            AtomicReference<Thread> thread = new AtomicReference<>();
            rcu.call(() -> thread.set(Thread.currentThread()));
            rcu.barrier();
            Thread first = thread.get();
            first.join();
            rcu.call(() -> thread.set(Thread.currentThread()));
            rcu.barrier();
            assertNotSame(first, thread.get());
        }
    }

    @Test
    void noWakeUpIsLostWhileTheThreadComesAndGoes() throws Exception {
        int rounds = 2_000;
        AtomicInteger ran = new AtomicInteger();
        try (Rcu rcu = Rcu.builder("restless").idleTime(Duration.ofNanos(1)).build()) {
            for (int i = 0; i < rounds; i++) {
                rcu.call(ran::incrementAndGet);
                if (i % 3 == 0) {
                    rcu.condSynchronize(rcu.startPoll());
                }
                rcu.barrier();
                assertEquals(i + 1, ran.get());
            }
        }
    }

    @Test
    void noWakeUpIsLostWhileTheThreadParks() throws Exception {
        int rounds = 20_000;
        AtomicInteger ran = new AtomicInteger();
        try (Rcu rcu = Rcu.create("parking")) {
            TestThread<Void> other = TestThread.startAction(() -> {
                for (int i = 0; i < rounds; i++) {
                    rcu.call(ran::incrementAndGet);
                    if (i % 8 == 0) {
                        rcu.barrier();
                    }
                }
            });
            for (int i = 0; i < rounds / 8; i++) {
                rcu.call(ran::incrementAndGet);
                rcu.barrier();
            }
            other.result();
            rcu.barrier();
            assertEquals(rounds + rounds / 8, ran.get());
        }
    }

    @Test
    void aCallThatMeetsCloseIsRefusedOrRun() throws Exception {
        for (int round = 0; round < 300; round++) {
            Rcu rcu = Rcu.create("race");
            AtomicInteger ran = new AtomicInteger();
            CyclicBarrier together = new CyclicBarrier(2);
            TestThread<Integer> caller = TestThread.start(() -> {
                together.await();
                int accepted = 0;
                try {
                    while (accepted < 100_000) {
                        rcu.call(ran::incrementAndGet);
                        accepted++;
                    }
                } catch (IllegalStateException closed) {
                    assertTrue(closed.getMessage().contains("is closed"));
                }
                return accepted;
            });
            together.await();
            rcu.close();
            int accepted = caller.result();
            while (rcu.stats().backlog() > 0) { // a call that overlapped the end of close is run by a late thread
                Thread.onSpinWait();
            }
            assertEquals(accepted, ran.get());
        }
    }
}

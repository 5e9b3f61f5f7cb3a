package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jurcu.rcu.QsbrReader.OfflineScope;

class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 20_000;

    private static long allocatedBy(Runnable body) {
        long id = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(id);
        body.run();
        return THREADS.getThreadAllocatedBytes(id) - before;
    }

    private static void assertAllocatesNothing(Runnable body) {
        body.run(); // what is made once: classes, call sites, a ring that grows
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3 && least > 0; i++) { // whatever the JVM itself allocates on this thread comes once
            least = Math.min(least, allocatedBy(body));
        }
        assertEquals(0, least);
    }

    @Test
    void theMeasureSeesAllocation() {
        AtomicLong sink = new AtomicLong();
        long bytes = allocatedBy(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                sink.addAndGet(new long[16 + (i & 1)].length);
            }
        });
        assertTrue(bytes >= ROUNDS * 16L * 8, "this JVM does not count allocated bytes: " + bytes);
    }

    @Test
    void aSectionAllocatesNothing() {
        try (Rcu rcu = Rcu.create("allocation")) {
            RcuReader reader = rcu.register();
            assertAllocatesNothing(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    reader.lock();
                    reader.lock();
                    reader.unlock();
                    reader.unlock();
                }
            });
            assertAllocatesNothing(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    rcu.readLock();
                    rcu.readUnlock();
                }
            });
            reader.close();
        }
    }

    @Test
    void aCountedSectionAllocatesNothing() {
        try (Srcu srcu = Srcu.create("allocation")) {
            assertAllocatesNothing(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    int outer = srcu.readLock();
                    srcu.readUnlock(srcu.readLock());
                    srcu.readUnlock(outer);
                }
            });
        }
    }

    @Test
    void aGracePeriodAllocatesNothing() {
        try (Rcu rcu = Rcu.create("allocation")) {
            rcu.register();
            assertAllocatesNothing(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    rcu.synchronize();
                }
            });
        }
    }

    @Test
    void aQuiescentStateAllocatesNothing() {
        QsbrReaders readers = new QsbrReaders("allocation");
        try (Qsbr qsbr = Qsbr.builder("allocation").build(readers);
                QsbrReader reader = qsbr.register()) {
            assertAllocatesNothing(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    reader.lock();
                    reader.lock();
                    reader.unlock();
                    reader.unlock();
                    reader.quiescentState(); // nothing new
                }
            });
            assertAllocatesNothing(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    readers.beginGracePeriod(); // as another thread's leader would
                    assertFalse(readers.pollGracePeriod());
                    reader.quiescentState();
                    assertTrue(readers.pollGracePeriod());
                }
            });
        }
    }

    @Test
    @SuppressWarnings("try") // what the scope is good for happens at its begin and end
    void goingOfflineAndComingBackAllocatesNothing() {
        try (Qsbr qsbr = Qsbr.create("allocation");
                QsbrReader reader = qsbr.register()) {
            assertAllocatesNothing(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    reader.offline();
                    reader.online();
                }
            });
            assertAllocatesNothing(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    try (OfflineScope outer = reader.offlineScope();
                            OfflineScope inner = reader.offlineScope()) {
                        assertFalse(reader.held());
                    }
                    assertTrue(reader.held());
                }
            });
            assertAllocatesNothing(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    qsbr.synchronize(); // offline meanwhile
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    void callAllocatesNothingInTheSteadyStateAndNeitherDoesTheReclaimer(Flavour flavour) {
        try (RcuDomain domain = flavour.create("allocation")) {
            AtomicLong ran = new AtomicLong();
            RcuHead head = ran::incrementAndGet;
            AtomicLong reclaimerBytes = new AtomicLong();
            AtomicLong reclaimerMark = new AtomicLong();
            RcuHead mark = () -> {
                long now =
                        THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
                reclaimerBytes.set(now - reclaimerMark.getAndSet(now));
            };
            Runnable burst = () -> {
                for (int i = 0; i < ROUNDS; i++) {
                    domain.call(head);
                }
                while (domain.callbacksPending()) { // barrier() would allocate
                    Thread.onSpinWait();
                }
            };
            burst.run();
            assertAllocatesNothing(burst);

            long least = Long.MAX_VALUE;
            for (int i = 0; i < 5 && least > 0; i++) {
                domain.call(mark);
                domain.barrier();
                burst.run();
                domain.call(mark);
                domain.barrier();
                least = Math.min(least, reclaimerBytes.get());
            }
            assertEquals(0, least, "bytes that the reclaimer allocated for " + ROUNDS + " callbacks");
        }
    }

    /** Any recording asks for long grace periods, and most are short. */
    @Test
    void aShortGracePeriodAllocatesNothingWhileARecordingRuns() {
        try (Rcu rcu = Rcu.create("allocation");
                Recording recording = new Recording()) {
            recording.enable("jurcu.GracePeriod").withThreshold(Duration.ofDays(1));
            recording.start();
            rcu.register();
            assertAllocatesNothing(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    rcu.synchronize();
                }
            });
        }
    }

    @Test
    void anEventThatNobodyWantsAllocatesNothing() {
        assertAllocatesNothing(() -> FlightRecording.backpressure("allocation", "REJECT", 1, 1));
    }
}

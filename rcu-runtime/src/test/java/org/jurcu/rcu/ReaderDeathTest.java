package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class ReaderDeathTest {
    private static void dieInside(Rcu rcu) throws Exception {
        TestThread.startAction(rcu::readLock).result();
    }

    @Test
    void aThreadThatDiesInsideIsReportedOnceAndNotWaitedFor() throws Exception {
        Queue<String> log = new ConcurrentLinkedQueue<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                log.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("org.jurcu.rcu");
        logger.addHandler(handler);
        try (Rcu rcu = Rcu.create("death")) {
            dieInside(rcu);
            assertEquals(1, rcu.stats().readersRegistered());
            rcu.synchronize();
            rcu.synchronize();
            assertEquals(0, rcu.stats().readersRegistered());
            assertEquals(1, rcu.stats().readersDiedInside());
            assertEquals(1, log.size(), log.toString());
            assertTrue(log.peek().contains("Thread \"test\" died inside"), log.toString());
        } finally {
            logger.removeHandler(handler);
        }
    }

    @Test
    void aThreadThatDiesWhileItIsWaitedForLetsTheGracePeriodEnd() throws Exception {
        try (Rcu rcu = Rcu.create("death")) {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch die = new CountDownLatch(1);
            TestThread<Void> victim = TestThread.startAction(() -> {
                rcu.readLock();
                inside.countDown();
                die.await();
            });
            inside.await();
            TestThread<Void> updater = TestThread.startAction(rcu::synchronize);
            updater.awaitParked();
            die.countDown();
            victim.result();
            updater.result();
            assertEquals(1, rcu.stats().readersDiedInside());
        }
    }

    @Test
    void aThreadThatLeavesBehindOnlyItsRegistrationIsForgottenInSilence() throws Exception {
        try (Rcu rcu = Rcu.create("death")) {
            for (int i = 0; i < 10; i++) {
                TestThread.startAction(() -> {
                            rcu.readLock();
                            rcu.readUnlock();
                            assertFalse(rcu.register().held());
                        })
                        .result();
            }
            assertTrue(rcu.synchronize(Duration.ofSeconds(10)));
            assertEquals(0, rcu.stats().readersRegistered());
            assertEquals(0, rcu.stats().readersDiedInside());
        }
    }

    /** An owner's name may be long, and whoever registers meanwhile waits for the lock. */
    @Test
    void aReportIsMadeBehindTheLock() throws Exception {
        ReaderRegistry registry = new ReaderRegistry(new ReaderRecord[ReaderCache.PLACES]);
        AtomicInteger reports = new AtomicInteger();
        TestThread.startAction(() -> {
                    ReaderRecord record = new ReaderRecord(Thread.currentThread()) {
                        @Override
                        int openSections() {
                            return 1;
                        }

                        @Override
                        String deathReport() {
                            assertNull(registry.lock.holder);
                            reports.incrementAndGet();
                            return "A test had this reader die.";
                        }
                    };
                    record.storeVolatileAnnounced(1);
                    registry.add(record);
                })
                .result();
        registry.sweepSome();
        assertEquals(0, registry.registered());
        registry.reportDeaths();
        registry.reportDeaths();
        assertEquals(1, reports.get());
    }

    @Test
    void manyShortLivedThreadsDoNotMakeTheRegistryGrow() throws Exception {
        ReaderRegistry registry = new ReaderRegistry(new ReaderRecord[ReaderCache.PLACES]);
        RcuReaders readers = new RcuReaders("churn");
        for (int i = 0; i < 500; i++) {
            TestThread.startAction(() -> registry.add(new RcuReader(Thread.currentThread(), readers, new Epoch())))
                    .result();
        }
        assertTrue(registry.bound() <= 16, "dead threads make room before the registry grows: " + registry.bound());
    }
}

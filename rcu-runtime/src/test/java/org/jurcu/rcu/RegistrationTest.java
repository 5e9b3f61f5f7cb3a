package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Between the registration of a first section and its announcement nothing of the application runs. */
class RegistrationTest {
    private static final int FIRST_CAPACITY = 16;

    private final Rcu rcu = Rcu.create("registration");
    private final AtomicInteger logged = new AtomicInteger();

    /** A handler that reads in the domain itself, with a handle of its own. */
    private final Handler readingHandler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.incrementAndGet();
            if (rcu.isClosing()) {
                return;
            }
            try (RcuReader reader = rcu.register()) {
                reader.lock();
                reader.unlock();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @Test
    void noLoggerRunsInAFirstReadLock() throws Exception {
        Logger logger = Logger.getLogger("org.jurcu.rcu");
        logger.setUseParentHandlers(false);
        logger.addHandler(readingHandler);
        CountDownLatch stop = new CountDownLatch(1);
        try (rcu) {
            fillTheRegistry(stop);
            rcu.readLock(); // finds the registry full, and who died inside
            try {
                assertEquals(1, rcu.stats().readersDiedInside());
                assertTrue(rcu.readLockHeld());
                assertFalse(
                        TestThread.start(() -> rcu.synchronize(Duration.ZERO)).result());
            } finally {
                rcu.readUnlock();
            }
            rcu.synchronize();
            assertEquals(1, logged.get(), "whoever leads reports");
        } finally {
            stop.countDown();
            logger.removeHandler(readingHandler);
            logger.setUseParentHandlers(true);
        }
    }

    /** With one who died inside and others who live. */
    private void fillTheRegistry(CountDownLatch stop) throws Exception {
        CountDownLatch registered = new CountDownLatch(FIRST_CAPACITY - 1);
        for (int i = 1; i < FIRST_CAPACITY; i++) {
            TestThread.startAction(() -> {
                rcu.readLock();
                rcu.readUnlock();
                registered.countDown();
                stop.await();
            });
        }
        registered.await();
        TestThread.startAction(rcu::readLock).result();
    }

    @Test
    void closeReportsWhatNoLeaderHas() throws Exception {
        CountDownLatch stop = new CountDownLatch(1);
        try (RecordedLog log = new RecordedLog()) {
            fillTheRegistry(stop);
            rcu.readLock();
            rcu.readUnlock();
            assertEquals(0, log.messages().size());
            rcu.close();
            assertEquals(1, log.messages().size());
        } finally {
            stop.countDown();
        }
    }

    /** Of those that are counted, as virtual threads are, too. */
    @Test
    void closeReportsWhoDiedCounted() throws Exception {
        RcuReaders readers = new RcuReaders("counted");
        Rcu counted = Rcu.builder("counted").build(readers);
        try (RecordedLog log = new RecordedLog()) {
            VirtualReaders virtual = readers.virtualReaders();
            TestThread.startAction(virtual::enter).result();
            while (virtual.diedInside() == 0) { // the test's time limit ends this
                System.gc();
                TestThread.startAction(
                                () -> { // whoever comes finds who was collected, and leads nothing
                                    virtual.enter();
                                    virtual.exit();
                                })
                        .result();
            }
            assertEquals(0, log.messages().size());
            counted.close();
            assertEquals(1, log.messages().size());
            assertTrue(log.messages().get(0).contains("died inside a read-side section of domain \"counted\""));
        }
    }

    /** The report comes last: whoever closes from inside it would otherwise wait for it. */
    @Test
    void aLoggerMayCloseTheDomainThatIsBeingClosed() throws Exception {
        CountDownLatch stop = new CountDownLatch(1);
        AtomicInteger closed = new AtomicInteger();
        Handler closing = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                rcu.close();
                closed.incrementAndGet();
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("org.jurcu.rcu");
        logger.setUseParentHandlers(false);
        logger.addHandler(closing);
        try {
            fillTheRegistry(stop);
            rcu.readLock(); // finds who died inside
            rcu.readUnlock();
            TestThread.startAction(rcu::close).result();
            assertEquals(1, closed.get());
        } finally {
            stop.countDown();
            logger.removeHandler(closing);
            logger.setUseParentHandlers(true);
        }
    }

    @Test
    void aThreadHasOneReader() {
        try (rcu) {
            rcu.readLock();
            RcuReader reader = rcu.register();
            assertSame(reader, rcu.register());
            rcu.readUnlock();
            assertEquals(1, rcu.stats().readersRegistered());
            reader.close();
            reader.close();
            assertEquals(0, rcu.stats().readersRegistered());
        }
    }

    /** The logger runs on the thread that drives grace periods for those who poll. */
    @Test
    void aLoggerOnTheDomainsThreadMayNotCloseIt() throws Exception {
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Handler closing = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                try {
                    rcu.close();
                    outcome.complete(null);
                } catch (IllegalStateException e) {
                    outcome.complete(e);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("org.jurcu.rcu");
        logger.setUseParentHandlers(false);
        logger.addHandler(closing);
        try (rcu) {
            TestThread.startAction(rcu::readLock).result();
            rcu.startPoll();
            Throwable refused = outcome.get(30, TimeUnit.SECONDS);
            assertTrue(refused.getMessage().contains("the thread of domain"), refused.getMessage());
        } finally {
            logger.removeHandler(closing);
            logger.setUseParentHandlers(true);
        }
    }
}

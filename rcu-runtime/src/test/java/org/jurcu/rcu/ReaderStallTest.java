package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Stalls of real readers, with a timeout of a millisecond. */
@Tag("also-strict")
class ReaderStallTest {
    private static final long SOON = 1_000_000;

    private final BlockingQueue<ReaderStall> reports = new LinkedBlockingQueue<>();

    private static Rcu domain(Consumer<ReaderStall> handler) {
        return Rcu.builder("stalls")
                .stallNanos(SOON)
                .idleTime(Duration.ofMillis(1))
                .onStall(handler)
                .build();
    }

    private ReaderStall nextReport() throws InterruptedException {
        ReaderStall stall = reports.poll(50, TimeUnit.SECONDS);
        assertNotNull(stall, "no report came");
        return stall;
    }

    /** Skips the reports that were made before it. */
    private ReaderStall lastReport() throws InterruptedException {
        ReaderStall stall = nextReport();
        while (!stall.ended()) {
            stall = nextReport();
        }
        return stall;
    }

    @Test
    void aReportNamesTheThreadAndWhereItIs() throws Exception {
        try (Rcu rcu = domain(reports::add)) {
            rcu.synchronize();
            try (StalledReader reader = new StalledReader(rcu)) {
                reader.awaitParked();
                rcu.call(rcu::name);
                ReaderStall stall = nextReport();

                assertEquals("stalls", stall.domain());
                assertEquals("Rcu", stall.flavour());
                assertEquals(2, stall.gracePeriod());
                assertEquals(1, stall.report());
                assertFalse(stall.ended());
                assertEquals(1, stall.callbacksQueued());
                assertTrue(stall.age().toNanos() >= SOON, stall.age().toString());
                assertEquals(0, stall.moreHoldouts() + stall.unnamedSections());
                assertEquals(1, rcu.stats().readerStalls());

                assertEquals(1, stall.holdouts().size());
                ReaderStall.Holdout holdout = stall.holdouts().get(0);
                assertEquals("dawdler", holdout.threadName());
                assertEquals(reader.thread().getId(), holdout.threadId());
                assertEquals(Thread.State.WAITING, holdout.state());
                assertEquals(2, holdout.nesting());
                assertTrue(
                        holdout.stackTrace().stream()
                                .anyMatch(frame -> frame.getMethodName().equals("blockHere")),
                        holdout.toString());
                assertTrue(holdout.leastAge().toNanos() > 0, holdout.toString());
                assertTrue(holdout.leastAge().compareTo(holdout.largestAge()) <= 0, holdout.toString());
                assertTrue(stall.toString().contains("blockHere"), stall.toString());
            }
        }
    }

    @Test
    void aStallIsReportedAgainAndAgainAndAtItsEnd() throws Exception {
        try (Rcu rcu = domain(reports::add)) {
            ReaderStall first;
            long state;
            try (StalledReader reader = new StalledReader(rcu)) {
                state = rcu.startPoll();
                first = nextReport();
                ReaderStall second = nextReport();
                assertEquals(1, first.report());
                assertEquals(2, second.report());
                assertTrue(second.age().compareTo(first.age()) > 0, first.age() + " and then " + second.age());
                assertTrue(reader.thread().isAlive());
            }
            ReaderStall last = lastReport();
            assertTrue(last.report() > 2);
            assertEquals(first.gracePeriod(), last.gracePeriod());
            assertTrue(last.toString().contains("is over"), last.toString());
            assertFalse(last.toString().contains("thread \""), last.toString());
            rcu.condSynchronize(state);
            assertEquals(1, rcu.stats().readerStalls(), "one stall, however often it is reported");
        }
    }

    @Test
    void withoutAHandlerAStallIsLoggedAsOneWarning() throws Exception {
        try (RecordedLog log = new RecordedLog();
                Rcu rcu = Rcu.builder("logged").stallNanos(SOON).build()) {
            try (StalledReader reader = new StalledReader(rcu)) {
                rcu.startPoll();
                LogRecord warning = log.next("domain \"logged\" is stalled");
                assertEquals(Level.WARNING, warning.getLevel());
                String name = reader.thread().getName();
                assertTrue(warning.getMessage().contains("thread \"" + name + "\""), warning.getMessage());
            }
            assertEquals(Level.INFO, log.next("domain \"logged\" is over").getLevel());
        }
    }

    @Test
    @SuppressWarnings("try") // the reader is there to stall
    void aHandlerThatThrowsIsLoggedAndCalledAgain() throws Exception {
        try (RecordedLog log = new RecordedLog();
                Rcu rcu = domain(stall -> {
                    reports.add(stall);
                    throw new IllegalArgumentException("thrown by a handler");
                });
                StalledReader reader = new StalledReader(rcu)) {
            rcu.startPoll();
            assertEquals(1, nextReport().report());
            LogRecord entry = log.next("stall handler of domain \"stalls\" threw");
            assertEquals("thrown by a handler", entry.getThrown().getMessage());
            assertEquals(2, nextReport().report());
        }
    }

    @Test
    @SuppressWarnings("try") // the reader is there to stall
    void aHandlerMayWaitForAGracePeriod() throws Exception {
        AtomicReference<Rcu> domain = new AtomicReference<>();
        CountDownLatch waited = new CountDownLatch(1);
        try (Rcu rcu = domain(stall -> {
            reports.add(stall);
            domain.get().synchronize();
            waited.countDown();
        })) {
            domain.set(rcu);
            try (StalledReader reader = new StalledReader(rcu)) {
                rcu.startPoll();
                nextReport();
            }
            rcu.synchronize();
            waited.await();
        }
    }

    @Test
    @SuppressWarnings("try") // the reader is there to stall
    void aHandlerMayCloseTheDomain() throws Exception {
        AtomicReference<Rcu> domain = new AtomicReference<>();
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Rcu rcu = domain(stall -> {
            called.countDown();
            domain.get().close();
            closed.countDown();
        });
        domain.set(rcu);
        try (StalledReader reader = new StalledReader(rcu)) {
            rcu.startPoll();
            called.await();
        }
        closed.await();
    }

    @Test
    void aHoldoutThatDiesEndsTheStall() throws Exception {
        try (RecordedLog log = new RecordedLog();
                Rcu rcu = domain(reports::add)) {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch die = new CountDownLatch(1);
            TestThread<Void> victim = TestThread.startAction(() -> {
                rcu.readLock();
                inside.countDown();
                die.await();
            });
            try {
                inside.await();
                rcu.startPoll();
                assertEquals("test", nextReport().holdouts().get(0).threadName());
            } finally {
                die.countDown();
            }
            victim.result();
            assertTrue(lastReport().report() > 1);
            assertNotNull(log.next("died inside"));
        }
    }

    @Test
    @SuppressWarnings("try") // the reader is there to stall
    void aLatePeriodThatNobodyWaitsForIsNoStallUntilSomebodyDoes() throws Exception {
        try (Rcu rcu = domain(reports::add);
                StalledReader reader = new StalledReader(rcu)) {
            long began = System.nanoTime();
            while (System.nanoTime() - began < 3 * SOON) {
                assertFalse(rcu.synchronize(Duration.ZERO)); // it looks, but does not wait
            }
            assertEquals(0, rcu.stats().readerStalls());
            rcu.startPoll();
            assertEquals(1, nextReport().gracePeriod());
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aStallThatOnlyAVirtualThreadWaitsForIsReported() throws Exception {
        try (Rcu rcu = domain(reports::add)) {
            Thread updater;
            try (StalledReader reader = new StalledReader(rcu)) {
                updater = (Thread) Thread.class
                        .getMethod("startVirtualThread", Runnable.class)
                        .invoke(null, (Runnable) rcu::synchronize);
                assertEquals(
                        reader.thread().getId(), nextReport().holdouts().get(0).threadId());
            }
            updater.join();
        }
    }

    @Test
    void theHandlerRunsOnAThreadOfItsOwnThatEnds() throws Exception {
        AtomicReference<Thread> watchdog = new AtomicReference<>();
        try (Rcu rcu = domain(stall -> {
            watchdog.compareAndSet(null, Thread.currentThread());
            reports.add(stall);
        })) {
            try (StalledReader reader = new StalledReader(rcu)) {
                rcu.startPoll();
                nextReport();
                assertTrue(reader.thread().isAlive());
            }
            Thread thread = watchdog.get();
            assertEquals("jurcu-stalls-stall", thread.getName());
            assertTrue(thread.isDaemon());
            assertNull(thread.getContextClassLoader());
            thread.join();
        }
    }

    @Test
    @SuppressWarnings("try") // the reader is there to stall
    void closeDoesNotWaitForTheHandlerButTheThreadEndsWithoutIdling() throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        AtomicBoolean go = new AtomicBoolean();
        AtomicReference<Thread> watchdog = new AtomicReference<>();
        try (Rcu rcu = Rcu.builder("closes")
                .stallNanos(SOON)
                .idleTime(Duration.ofDays(1))
                .onStall(stall -> {
                    watchdog.set(Thread.currentThread());
                    handling.countDown();
                    while (!go.get()) {
                        Thread.onSpinWait();
                    }
                })
                .build()) {
            try (StalledReader reader = new StalledReader(rcu)) {
                rcu.startPoll();
                handling.await();
            }
            rcu.close();
        } finally {
            go.set(true);
        }
        watchdog.get().join();
    }

    @Test
    void anIdleWatchdogEndsWithItsDomain() throws Exception {
        AtomicReference<Thread> watchdog = new AtomicReference<>();
        try (Rcu rcu = Rcu.builder("closes")
                .stallNanos(SOON)
                .idleTime(Duration.ofDays(1))
                .onStall(stall -> {
                    watchdog.set(Thread.currentThread());
                    reports.add(stall);
                })
                .build()) {
            try (StalledReader reader = new StalledReader(rcu)) {
                rcu.startPoll();
                nextReport();
                assertTrue(reader.thread().isAlive());
            }
            lastReport();
            while (watchdog.get().getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        }
        watchdog.get().join();
    }

    @Test
    @SuppressWarnings("try") // the reader is there to stall
    void aStallAtCloseIsReportedToo() throws Exception {
        Rcu rcu = domain(reports::add);
        AtomicInteger ran = new AtomicInteger();
        TestThread<Void> closer;
        try (StalledReader reader = new StalledReader(rcu)) {
            rcu.call(ran::incrementAndGet);
            closer = TestThread.startAction(rcu::close);
            nextReport();
        }
        closer.result();
        assertEquals(1, ran.get());
    }

    @Test
    void aReportNamesAReaderThatForgetsItsQuiescentStatesUntilItRemembers() throws Exception {
        try (Qsbr qsbr = Qsbr.builder("stalls")
                .stallNanos(SOON)
                .idleTime(Duration.ofMillis(1))
                .onStall(reports::add)
                .build()) {
            OnlineThread forgetful = new OnlineThread(qsbr);
            OnlineThread offline = new OnlineThread(qsbr);
            offline.tell(QsbrReader::offline);
            try {
                long state = qsbr.startPoll();
                ReaderStall stall = nextReport();

                assertEquals("Qsbr", stall.flavour());
                assertEquals(1, stall.gracePeriod());
                assertFalse(stall.ended());
                assertEquals(0, stall.moreHoldouts() + stall.unnamedSections());
                assertEquals(1, stall.holdouts().size(), stall.toString());
                ReaderStall.Holdout holdout = stall.holdouts().get(0);
                assertEquals(forgetful.thread().getId(), holdout.threadId());
                assertEquals(forgetful.thread().getName(), holdout.threadName());
                assertTrue(
                        holdout.stackTrace().stream()
                                .anyMatch(frame -> frame.getClassName().equals(OnlineThread.class.getName())),
                        holdout.toString());

                forgetful.tell(reader -> {
                    reader.lock();
                    reader.unlock();
                    reader.online();
                });
                assertFalse(qsbr.synchronize(Duration.ZERO), "none of these is a quiescent state");
                forgetful.tell(QsbrReader::quiescentState);
                ReaderStall last = lastReport();
                assertTrue(last.report() > 1);
                assertEquals(1, last.gracePeriod());
                assertTrue(last.toString().contains("is over"), last.toString());
                qsbr.condSynchronize(state);
                assertEquals(1, qsbr.stats().readerStalls(), "one stall, however often it is reported");
            } finally { // or the domain could not be closed
                forgetful.end();
                offline.end();
            }
        }
    }
}

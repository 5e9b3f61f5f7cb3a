package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QsbrGracePeriodTest {
    @Test
    void itWaitsForAQuiescentStateOfEachOnlineThread() throws Exception {
        try (Qsbr qsbr = Qsbr.create("waits")) {
            OnlineThread first = new OnlineThread(qsbr);
            OnlineThread second = new OnlineThread(qsbr);
            AtomicBoolean quiescent = new AtomicBoolean();
            TestThread<Boolean> updater = TestThread.start(() -> {
                qsbr.synchronize();
                return quiescent.get();
            });
            updater.awaitParked();
            first.tell(QsbrReader::quiescentState);
            assertFalse(qsbr.synchronize(Duration.ofMillis(1)), "the second one holds it up");
            quiescent.set(true);
            second.tell(QsbrReader::quiescentState);
            assertTrue(updater.result());
            first.end();
            second.end();
        }
    }

    @Test
    void aThreadThatForgetsItsQuiescentStatesIsWaitedFor() throws Exception {
        try (Qsbr qsbr = Qsbr.create("forgetful")) {
            OnlineThread forgetful = new OnlineThread(qsbr);
            for (int i = 0; i < 20; i++) {
                forgetful.tell(reader -> {
                    reader.lock();
                    reader.unlock();
                    reader.online();
                });
                assertFalse(qsbr.synchronize(Duration.ofNanos(1)));
            }
            assertEquals(0, qsbr.stats().gracePeriods());
            forgetful.tell(QsbrReader::quiescentState);
            assertFalse(qsbr.synchronize(Duration.ZERO), "a new call waits for the next one");
            assertEquals(1, qsbr.stats().gracePeriods());
            forgetful.end();
        }
    }

    @Test
    void offlineThreadsAreNotWaitedForAndOnesThatCameBackAre() throws Exception {
        try (Qsbr qsbr = Qsbr.create("offline")) {
            OnlineThread thread = new OnlineThread(qsbr);
            thread.tell(QsbrReader::offline);
            assertTrue(qsbr.synchronize(Duration.ZERO));
            thread.tell(QsbrReader::online);
            assertFalse(qsbr.synchronize(Duration.ZERO));
            thread.tell(QsbrReader::offline);
            assertTrue(qsbr.synchronize(Duration.ZERO));
            thread.end();
        }
    }

    @Test
    void itDoesNotWaitForAThreadThatRegisteredAfterItBegan() throws Exception {
        try (Qsbr qsbr = Qsbr.create("newer")) {
            OnlineThread old = new OnlineThread(qsbr);
            TestThread<Void> updater = TestThread.startAction(qsbr::synchronize);
            updater.awaitParked();
            OnlineThread young = new OnlineThread(qsbr);
            old.tell(QsbrReader::quiescentState);
            updater.result();
            assertFalse(qsbr.synchronize(Duration.ZERO), "a new call waits for both");
            old.end();
            young.end();
        }
    }

    /** The calls that wait. */
    enum Wait {
        SYNCHRONIZE {
            @Override
            void run(Qsbr qsbr) {
                qsbr.synchronize();
            }
        },
        TIMED {
            @Override
            void run(Qsbr qsbr) {
                assertTrue(qsbr.synchronize(Duration.ofSeconds(50)));
            }
        },
        LOOK_ONCE {
            @Override
            void run(Qsbr qsbr) {
                assertTrue(qsbr.synchronize(Duration.ZERO));
            }
        },
        EXPEDITED {
            @Override
            void run(Qsbr qsbr) {
                qsbr.synchronizeExpedited();
            }
        },
        CONDITIONAL {
            @Override
            void run(Qsbr qsbr) {
                qsbr.condSynchronize(qsbr.getState());
            }
        },
        BARRIER {
            @Override
            void run(Qsbr qsbr) {
                AtomicInteger ran = new AtomicInteger();
                qsbr.call(ran::incrementAndGet);
                qsbr.barrier();
                assertEquals(1, ran.get());
            }
        };

        abstract void run(Qsbr qsbr);
    }

    @ParameterizedTest
    @EnumSource
    void anOnlineThreadMayWaitAndIsOnlineAfterwards(Wait wait) {
        try (Qsbr qsbr = Qsbr.create("self");
                QsbrReader reader = qsbr.register()) {
            long first = reader.loadVolatileAnnounced();
            wait.run(qsbr);
            assertTrue(reader.loadVolatileAnnounced() > first, "online again, in the epoch of now");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOfflineThreadStaysOfflineWhenItWaits(Wait wait) {
        try (Qsbr qsbr = Qsbr.create("self");
                QsbrReader reader = qsbr.register()) {
            reader.offline();
            wait.run(qsbr);
            assertFalse(reader.isOnline());
        }
    }

    /** Each of two online threads waits for the other: neither would return if a follower stayed online. */
    @Test
    void onlineThreadsMayWaitTogether() throws Exception {
        try (Qsbr qsbr = Qsbr.create("together")) {
            OnlineThread first = new OnlineThread(qsbr);
            OnlineThread second = new OnlineThread(qsbr);
            OnlineThread holdout = new OnlineThread(qsbr);
            CountDownLatch returned = new CountDownLatch(2);
            for (OnlineThread thread : new OnlineThread[] {first, second}) {
                thread.begin(reader -> {
                    qsbr.synchronize();
                    assertTrue(reader.isOnline());
                    returned.countDown();
                    reader.offline();
                });
            }
            while (qsbr.stats().gracePeriods() < 1) { // the last to lead waits for the holdout only
                holdout.tell(QsbrReader::quiescentState);
                Thread.onSpinWait();
            }
            holdout.tell(QsbrReader::offline);
            returned.await();
            first.end();
            second.end();
            holdout.end();
        }
    }

    @Test
    void anOnlineThreadMayCloseTheDomainAndIsOfflineThen() throws Exception {
        Qsbr qsbr = Qsbr.create("closing");
        QsbrReader reader = qsbr.register();
        AtomicInteger ran = new AtomicInteger();
        qsbr.call(ran::incrementAndGet);
        qsbr.close();
        assertEquals(1, ran.get());
        assertFalse(reader.isOnline());
        qsbr.close();
        reader.close();
    }

    @Test
    void whoWaitedWhileTheDomainWasClosedIsToldThatItIsOffline() throws Exception {
        Qsbr qsbr = Qsbr.create("closed-meanwhile");
        OnlineThread holdout = new OnlineThread(qsbr);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        TestThread<Boolean> waiter = TestThread.start(() -> {
            try (QsbrReader reader = qsbr.register()) {
                thrown.set(assertThrows(IllegalStateException.class, qsbr::synchronize));
                return reader.isOnline();
            }
        });
        waiter.awaitParked();
        TestThread.startAction(qsbr::close).result(); // nothing is queued, so it waits for nobody
        holdout.tell(QsbrReader::offline);
        assertFalse(waiter.result());
        assertTrue(thrown.get().getMessage().contains("is closed"));
        holdout.end();
    }

    @Test
    void callbacksRunAfterTheQuiescentStatesOfThoseWhoWereOnline() throws Exception {
        try (Qsbr qsbr = Qsbr.create("callbacks")) {
            OnlineThread thread = new OnlineThread(qsbr);
            AtomicBoolean quiescent = new AtomicBoolean();
            AtomicBoolean seen = new AtomicBoolean();
            CountDownLatch ran = new CountDownLatch(1);
            qsbr.call(() -> {
                seen.set(quiescent.get());
                ran.countDown();
            });
            assertEquals(1, ran.getCount());
            quiescent.set(true);
            thread.tell(QsbrReader::offline);
            ran.await();
            assertTrue(seen.get());
            thread.end();
        }
    }

    /** Its quiescent state may be what the backlog waits for, and it may be inside a section. */
    @Test
    void anOnlineCallerIsNeverBlockedByTheBacklogAndAnOfflineOneIs() {
        try (Qsbr qsbr = Qsbr.builder("limit")
                        .highWaterMark(1)
                        .limit(1)
                        .backpressure(BackpressurePolicy.BLOCK_CALLER)
                        .build();
                QsbrReader reader = qsbr.register()) {
            for (int i = 0; i < 1_000; i++) {
                qsbr.call(() -> {});
            }
            assertEquals(0, qsbr.stats().callbacksInvoked());
            assertEquals(0, qsbr.stats().callsBlocked());
            reader.offline();
            while (qsbr.stats().callsBlocked() == 0) {
                qsbr.call(() -> {});
            }
        }
    }

    @Test
    void aCallbackThatLeavesItsThreadOnlineIsReportedAndHoldsNobodyUp() throws Exception {
        try (LoggedWarnings log = new LoggedWarnings();
                Qsbr qsbr = Qsbr.create("callback-online")) {
            AtomicReference<QsbrReader> left = new AtomicReference<>();
            qsbr.call(() -> left.set(qsbr.register()));
            qsbr.barrier();
            qsbr.call(() -> {}); // runs after the report, which may come after the barrier's return
            qsbr.barrier();
            assertFalse(left.get().isOnline());
            assertEquals(1, log.messages().size(), log.toString());
            assertTrue(log.messages().get(0).contains("left the thread online"), log.toString());
            qsbr.synchronize();
            qsbr.call(
                    () -> { // the handle stays the thread's
                        left.get().online();
                        qsbr.synchronize();
                        assertTrue(left.get().isOnline());
                        left.get().close();
                    });
            qsbr.barrier();
            assertEquals(0, qsbr.stats().callbackFailures());
            assertEquals(1, log.messages().size(), log.toString());
        }
    }

    @Test
    void aThreadThatDiesOnlineIsReportedAndNotWaitedFor() throws Exception {
        try (LoggedWarnings log = new LoggedWarnings();
                Qsbr qsbr = Qsbr.create("died")) {
            CountDownLatch die = new CountDownLatch(1);
            TestThread<Void> victim = TestThread.startAction(() -> {
                qsbr.register();
                die.await();
            });
            victim.awaitParked();
            TestThread<Void> updater = TestThread.startAction(qsbr::synchronize);
            updater.awaitParked();
            die.countDown();
            victim.result();
            updater.result();
            assertEquals(0, qsbr.stats().readersRegistered());
            assertEquals(1, qsbr.stats().readersDiedInside());
            assertEquals(1, log.messages().size(), log.toString());
            assertTrue(log.messages().get(0).contains("Thread \"test\" died as an online reader"), log.toString());
        }
    }

    @Test
    void aThreadThatDiesOfflineIsForgottenInSilence() throws Exception {
        try (LoggedWarnings log = new LoggedWarnings();
                Qsbr qsbr = Qsbr.create("died-offline")) {
            TestThread.startAction(() -> qsbr.register().offline()).result();
            qsbr.synchronize();
            assertEquals(0, qsbr.stats().readersRegistered());
            assertEquals(0, qsbr.stats().readersDiedInside());
            assertEquals(0, log.messages().size(), log.toString());
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void virtualThreadsMayRegisterAndWait() throws Exception {
        int count = 200;
        try (Qsbr qsbr = Qsbr.create("virtual")) {
            AtomicInteger done = new AtomicInteger();
            Thread[] threads = new Thread[count];
            for (int i = 0; i < count; i++) {
                threads[i] = (Thread) Thread.class
                        .getMethod("startVirtualThread", Runnable.class)
                        .invoke(null, (Runnable) () -> {
                            try (QsbrReader reader = qsbr.register()) {
                                reader.quiescentState();
                                qsbr.synchronize(); // offline meanwhile, or they would wait for each other
                                reader.quiescentState();
                                done.incrementAndGet();
                            }
                        });
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(count, done.get());
            assertEquals(0, qsbr.stats().readersRegistered());
        }
    }
}

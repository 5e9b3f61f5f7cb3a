package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jurcu.rcu.QsbrReader.OfflineScope;

/** {@link TortureGround} with readers of {@link Qsbr}. */
class QsbrTortureTest {
    /** Fewer than with others: each grace period takes as long as the slowest reader's round on a busy machine. */
    private static final int UPDATES = 80;

    private final TortureGround ground = new TortureGround();

    @Test
    void nothingDiesBetweenTwoQuiescentStates() throws Exception {
        Qsbr qsbr = Qsbr.builder("torture").firstSequence(-4 * 40).build();
        List<TestThread<Void>> readers = new ArrayList<>();
        readers.add(TestThread.startAction(() -> readRegistered(qsbr, this::readAndBeQuiescent)));
        readers.add(TestThread.startAction(() -> readRegistered(qsbr, this::readAndGoOffline)));
        readers.add(TestThread.startAction(() -> readRegistered(qsbr, reader -> readAndWait(qsbr, reader))));
        readers.add(TestThread.startAction(() -> readAndRegisterAgain(qsbr)));
        readers.add(TestThread.startAction(() -> readOnThreadsThatComeAndGo(qsbr)));
        for (TestThread<Void> updater : ground.startUpdaters(qsbr, UPDATES)) {
            updater.result();
        }
        qsbr.close();
        ground.stop.set(true);
        for (TestThread<Void> reader : readers) {
            reader.result();
        }
        assertEquals(0, ground.violations.get());
        assertTrue(ground.sections.get() >= UPDATES, "too few looks to say anything: " + ground.sections.get());
        RcuStats stats = qsbr.stats();
        assertEquals(0, stats.backlog());
        assertEquals(0, stats.callbackFailures());
        assertEquals(0, stats.readersDiedInside());
        assertTrue(stats.gracePeriods() > 40, "the sequence has wrapped: " + stats);
    }

    @Test
    void theTortureCatchesAnUpdaterThatDoesNotWait() throws Exception {
        try (Qsbr qsbr = Qsbr.create("impatient")) {
            TestThread<Void> reader = TestThread.startAction(() -> readRegistered(qsbr, this::readAndBeQuiescent));
            while (ground.violations.get() == 0) {
                ground.replaceImpatiently();
            }
            ground.stop.set(true);
            reader.result();
        }
    }

    @Test
    void theTortureCatchesAReaderThatReadsOffline() throws Exception {
        try (Qsbr qsbr = Qsbr.create("offline")) {
            TestThread<Void> reader = TestThread.startAction(() -> readRegistered(qsbr, offline -> {
                offline.offline();
                ground.look(100);
            }));
            while (ground.violations.get() == 0) {
                ground.replacePatiently(qsbr);
            }
            ground.stop.set(true);
            reader.result();
        }
    }

    private void readRegistered(Qsbr qsbr, OnlineThread.Order round) throws Exception {
        try (QsbrReader reader = qsbr.register()) {
            while (!ground.stop.get()) {
                round.carryOut(reader);
                TortureGround.rest();
            }
        } catch (IllegalStateException closed) {
            assertTrue(closed.getMessage().contains("is closed"), closed.toString());
        }
    }

    /** What is found before a section is used behind it too. */
    private void readAndBeQuiescent(QsbrReader reader) {
        ground.lookBeforeAndAfter(() -> {
            reader.lock();
            ground.look(1);
            reader.lock();
            ground.look(2);
            reader.unlock();
            reader.unlock();
            reader.online();
            ground.look(100);
        });
        reader.quiescentState();
    }

    private void readAndGoOffline(QsbrReader reader) {
        ground.look(3);
        reader.offline();
        TortureGround.rest();
        reader.online();
        ground.look(3);
        try (OfflineScope scope = reader.offlineScope()) {
            TortureGround.rest();
            assertFalse(reader.held(), scope.toString());
        }
        ground.look(100);
        reader.quiescentState();
    }

    /** An updater that is a reader too: it is offline while it waits, and no longer. */
    private void readAndWait(Qsbr qsbr, QsbrReader reader) {
        ground.look(3);
        qsbr.synchronize(Duration.ofNanos(20_000));
        assertTrue(reader.held());
        ground.look(100);
    }

    private void readAndRegisterAgain(Qsbr qsbr) {
        try {
            while (!ground.stop.get()) {
                try (QsbrReader reader = qsbr.register()) {
                    reader.lock();
                    ground.look(3);
                    reader.unlock();
                }
                TortureGround.rest();
            }
        } catch (IllegalStateException closed) {
            assertTrue(closed.getMessage().contains("is closed"), closed.toString());
        }
    }

    /** They end offline, but registered. */
    private void readOnThreadsThatComeAndGo(Qsbr qsbr) throws Exception {
        while (!ground.stop.get()) {
            TestThread.startAction(() -> {
                        try {
                            QsbrReader reader = qsbr.register();
                            ground.look(5);
                            reader.offline();
                        } catch (IllegalStateException closed) {
                            assertTrue(closed.getMessage().contains("is closed"), closed.toString());
                        }
                    })
                    .result();
        }
    }
}

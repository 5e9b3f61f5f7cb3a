package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jurcu.rcu.QsbrReader.OfflineScope;

class QsbrReaderTest {
    private final QsbrReaders readers = new QsbrReaders("qsbr-reader");
    private final Qsbr qsbr = Qsbr.builder("qsbr-reader").build(readers);

    @AfterEach
    void close() {
        qsbr.close();
    }

    /** A grace period that another thread begins and does not wait for. */
    private void beginGracePeriodElsewhere() throws Exception {
        assertFalse(TestThread.start(() -> qsbr.synchronize(Duration.ZERO)).result());
    }

    @Test
    void registerStartsOnlineAndCloseUnregisters() {
        QsbrReader reader = qsbr.register();
        assertTrue(reader.isOnline());
        assertTrue(reader.held());
        assertEquals(1, qsbr.stats().readersRegistered());
        reader.close();
        assertEquals(0, qsbr.stats().readersRegistered());
        assertTrue(qsbr.synchronize(Duration.ZERO));
    }

    @Test
    void aQuiescentStateAnnouncesTheNewEpochAndOnlyThat() throws Exception {
        try (QsbrReader reader = qsbr.register()) {
            long first = reader.loadVolatileAnnounced();
            reader.quiescentState();
            assertEquals(first, reader.loadVolatileAnnounced(), "nothing has happened since");
            beginGracePeriodElsewhere();
            assertEquals(first, reader.loadVolatileAnnounced());
            reader.quiescentState();
            assertEquals(first + 1, reader.loadVolatileAnnounced());
        }
    }

    @Test
    void sectionsWriteNothing() throws Exception {
        try (QsbrReader reader = qsbr.register()) {
            long first = reader.loadVolatileAnnounced();
            beginGracePeriodElsewhere();
            reader.lock();
            reader.lock();
            reader.unlock();
            reader.unlock();
            assertEquals(first, reader.loadVolatileAnnounced());
            assertEquals(0, reader.nesting);
        }
    }

    @Test
    void offlineAndOnlineMayBeRepeated() throws Exception {
        try (QsbrReader reader = qsbr.register()) {
            reader.offline();
            reader.offline();
            assertFalse(reader.isOnline());
            assertFalse(reader.held());
            reader.online();
            long first = reader.loadVolatileAnnounced();
            assertTrue(first > 0);
            beginGracePeriodElsewhere();
            reader.online();
            assertEquals(first, reader.loadVolatileAnnounced(), "being online already is no quiescent state");
        }
    }

    @Test
    void aScopeTakesTheReaderOfflineAndBack() {
        try (QsbrReader reader = qsbr.register()) {
            OfflineScope scope = reader.offlineScope();
            assertFalse(reader.isOnline());
            OfflineScope inner = reader.offlineScope();
            inner.close();
            assertFalse(reader.isOnline(), "the inner scope was entered offline");
            scope.close();
            assertTrue(reader.isOnline());
            assertSame(scope, reader.offlineScope());
        }
    }

    @Test
    void aThreadHasOneReader() {
        QsbrReader reader = qsbr.register();
        IllegalStateException refused = assertThrows(IllegalStateException.class, qsbr::register);
        assertTrue(refused.getMessage().contains("already"), refused.getMessage());
        assertEquals(1, qsbr.stats().readersRegistered());
        readers.current.remove(); // as a pool does between tasks
        assertThrows(IllegalStateException.class, qsbr::register);
        reader.close();
        QsbrReader second = qsbr.register();
        assertNotSame(reader, second);
        second.close();
    }

    @Test
    void aQuiescentStateOfflineIsRefusedAndDoesNotBringTheReaderOnline() {
        try (QsbrReader reader = qsbr.register()) {
            reader.offline();
            IllegalStateException refused = assertThrows(IllegalStateException.class, reader::quiescentState);
            assertTrue(refused.getMessage().contains("online()"), refused.getMessage());
            assertFalse(reader.isOnline());
        }
    }

    @Test
    void aClosedReaderIsRefused() {
        QsbrReader reader = qsbr.register();
        reader.close();
        reader.close();
        assertThrows(IllegalStateException.class, reader::quiescentState);
        assertThrows(IllegalStateException.class, reader::offline);
        assertThrows(IllegalStateException.class, reader::online);
        assertThrows(IllegalStateException.class, reader::offlineScope);
        assertThrows(IllegalStateException.class, reader::held);
    }

    @Test
    void aScopeOfAClosedReaderCannotComeBack() {
        QsbrReader reader = qsbr.register();
        OfflineScope scope = reader.offlineScope();
        reader.close();
        assertThrows(IllegalStateException.class, scope::close);
    }

    @Test
    void aForeignThreadCannotUseAReader() throws Exception {
        String owner = Thread.currentThread().getName();
        try (QsbrReader reader = qsbr.register()) {
            TestThread.startAction(() -> {
                        assertThrows(IllegalStateException.class, reader::quiescentState);
                        assertThrows(IllegalStateException.class, reader::offline);
                        assertThrows(IllegalStateException.class, reader::online);
                        assertThrows(IllegalStateException.class, reader::offlineScope);
                        assertThrows(IllegalStateException.class, reader::held);
                        assertThrows(IllegalStateException.class, reader::close);
                        assertEquals("QsbrReader[domain=qsbr-reader, thread=" + owner + "]", reader.toString());
                    })
                    .result();
            assertTrue(reader.isOnline());
        }
    }

    @Test
    void aClosedDomainTakesItsReadersOffline() throws Exception {
        QsbrReader reader = qsbr.register();
        TestThread.startAction(qsbr::close).result();
        assertTrue(reader.isOnline(), "what it holds stays valid");
        assertThrows(IllegalStateException.class, reader::quiescentState);
        assertFalse(reader.isOnline());
        assertThrows(IllegalStateException.class, reader::online);
        assertFalse(reader.isOnline());
        assertThrows(IllegalStateException.class, qsbr::register);
        reader.offline();
        reader.close();
        assertEquals(0, qsbr.stats().readersRegistered());
    }

    @Test
    void aRegistrationThatACloseOvertakesLeavesNothingBehind() {
        readers.epoch.close(); // between the check and the announcement
        assertThrows(IllegalStateException.class, () -> {
            QsbrReader reader = new QsbrReader(Thread.currentThread(), readers, readers.epoch);
            readers.register(reader);
            readers.bringOnline(reader);
        });
        assertEquals(0, qsbr.stats().readersRegistered());
    }

    @Test
    void domainsDoNotKnowEachOther() {
        try (Qsbr other = Qsbr.create("other");
                QsbrReader reader = qsbr.register()) {
            assertTrue(other.synchronize(Duration.ZERO));
            assertTrue(reader.isOnline());
            try (QsbrReader second = other.register()) {
                qsbr.synchronize();
                assertTrue(second.isOnline());
            }
        }
    }

    @Test
    void theBuilderTakesTheOptionsOfEveryDomain() {
        try (Qsbr built = Qsbr.builder("built")
                .callbackQueues(2)
                .idleTime(Duration.ofMillis(5))
                .build()) {
            built.call(() -> {});
            built.barrier();
            assertEquals(1, built.stats().callbacksInvoked());
            assertEquals("Qsbr[built]", built.toString());
        }
        for (String bad : Set.of("", " ")) {
            assertThrows(IllegalArgumentException.class, () -> Qsbr.create(bad));
        }
    }
}

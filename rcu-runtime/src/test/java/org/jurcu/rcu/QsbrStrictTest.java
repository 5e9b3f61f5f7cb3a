package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What strict mode finds; runs in a JVM of its own with {@code -Djurcu.strict=true}. */
@Tag("strict")
class QsbrStrictTest {
    private Qsbr qsbr;
    private QsbrReader reader;

    @BeforeEach
    void open() {
        assertTrue(StrictMode.ON, "this class needs -Djurcu.strict=true");
        qsbr = Qsbr.create("strict");
        reader = qsbr.register();
    }

    @AfterEach
    void close() {
        qsbr.close();
    }

    private static void assertRefused(String what, Runnable misuse) {
        IllegalStateException refused = assertThrows(IllegalStateException.class, misuse::run);
        assertTrue(refused.getMessage().contains(what), refused.getMessage());
    }

    @Test
    void sectionsNestAndAreKnown() {
        assertFalse(reader.held());
        reader.lock();
        reader.lock();
        reader.unlock();
        assertTrue(reader.held());
        reader.unlock();
        assertFalse(reader.held());
        reader.quiescentState();
    }

    @Test
    void aQuiescentStateInsideASectionIsRefusedAndNotReported() throws Exception {
        reader.lock();
        assertFalse(
                TestThread.start(() -> qsbr.synchronize(Duration.ZERO)).result(),
                "a grace period waits for this section");
        long announced = reader.loadVolatileAnnounced();
        assertRefused("quiescentState() inside", reader::quiescentState);
        assertRefused("offline() inside", reader::offline);
        assertRefused("offline() inside", reader::offlineScope);
        assertRefused("unlock before close", reader::close);
        assertEquals(announced, reader.loadVolatileAnnounced());
        assertFalse(
                TestThread.start(() -> qsbr.synchronize(Duration.ZERO)).result(), "it still waits for this section");
        reader.unlock();
        reader.quiescentState();
        assertTrue(reader.loadVolatileAnnounced() > announced);
    }

    @Test
    void waitingInsideASectionIsRefusedAndDoesNotTakeTheThreadOffline() {
        reader.lock();
        long announced = reader.loadVolatileAnnounced();
        assertRefused("synchronize() would wait", qsbr::synchronize);
        assertRefused("synchronize(Duration)", () -> qsbr.synchronize(Duration.ofSeconds(1)));
        assertRefused("synchronizeExpedited()", qsbr::synchronizeExpedited);
        assertRefused("barrier()", qsbr::barrier);
        assertRefused("condSynchronize()", () -> qsbr.condSynchronize(RcuDomain.COMPLETED_STATE));
        assertRefused("close()", qsbr::close);
        assertEquals(announced, reader.loadVolatileAnnounced());
        reader.unlock();
        qsbr.synchronize();
    }

    @Test
    void unlockWithoutLockIsRefused() {
        assertRefused("holds no read-side section", reader::unlock);
        reader.lock();
        reader.unlock();
        assertRefused("holds no read-side section", reader::unlock);
    }

    @Test
    void lockingOfflineIsRefused() {
        reader.offline();
        assertRefused("is offline", reader::lock);
        reader.online();
        reader.lock();
        reader.unlock();
    }

    @Test
    void lockingInAClosedDomainIsRefusedAndAnOpenSectionEnds() throws Exception {
        reader.lock();
        TestThread.startAction(qsbr::close).result();
        reader.lock();
        reader.unlock();
        reader.unlock();
        assertRefused("is closed", reader::lock);
    }

    @Test
    void aClosedReaderIsRefused() {
        reader.close();
        assertRefused("was closed", reader::lock);
        assertRefused("was closed", reader::unlock);
    }

    @Test
    void aForeignThreadIsRefused() throws Exception {
        reader.lock();
        TestThread.startAction(() -> {
                    assertRefused("belongs to thread", reader::lock);
                    assertRefused("belongs to thread", reader::unlock);
                })
                .result();
        assertTrue(reader.held());
        reader.unlock();
    }

    @Test
    void nestingDoesNotOverflow() {
        reader.lock();
        reader.nesting = Integer.MAX_VALUE;
        assertRefused("nested", reader::lock);
        assertEquals(Integer.MAX_VALUE, reader.nesting);
        reader.nesting = 1;
        reader.unlock();
    }

    @Test
    void aCallbackThatLeavesASectionOpenIsReportedAndTakenOut() {
        try (LoggedWarnings log = new LoggedWarnings()) {
            QsbrReader[] left = new QsbrReader[1];
            qsbr.call(() -> {
                left[0] = qsbr.register();
                left[0].lock();
            });
            reader.offline();
            qsbr.barrier();
            qsbr.call(() -> {}); // runs after the report, which may come after the barrier's return
            qsbr.barrier();
            assertEquals(0, left[0].nesting);
            assertFalse(left[0].isOnline());
            assertEquals(1, log.messages().size(), log.toString());
        }
    }

    /** Its stack trace would keep classes. */
    @Test
    void whoIsOfflineKeepsNoEntry() {
        assertTrue(reader.sectionEntry() != null);
        reader.offline();
        assertTrue(reader.sectionEntry() == null);
        reader.online();
        assertTrue(reader.stepAside());
        assertTrue(reader.sectionEntry() == null);
        qsbr.close();
        assertThrows(IllegalStateException.class, reader::online);
        assertTrue(reader.sectionEntry() == null);
    }
}

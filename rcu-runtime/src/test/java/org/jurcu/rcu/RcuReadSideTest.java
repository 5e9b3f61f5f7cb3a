package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("also-strict")
class RcuReadSideTest {
    private final Rcu rcu = Rcu.create("read-side");

    @AfterEach
    void close() {
        rcu.close();
    }

    @Test
    void readLockRegistersTheThreadAndNests() {
        assertFalse(rcu.readLockHeld());
        assertEquals(0, rcu.stats().readersRegistered());
        rcu.readLock();
        rcu.readLock();
        rcu.readUnlock();
        assertTrue(rcu.readLockHeld());
        rcu.readUnlock();
        assertFalse(rcu.readLockHeld());
        assertEquals(1, rcu.stats().readersRegistered());
    }

    @Test
    void aNestedLockNeverMovesTheAnnouncedEpoch() throws Exception {
        RcuReader reader = rcu.register();
        reader.lock();
        long announced = reader.loadVolatileAnnounced();
        TestThread<Boolean> updater = TestThread.start(() -> rcu.synchronize(java.time.Duration.ZERO));
        assertFalse(updater.result(), "this section is open");
        reader.lock();
        assertEquals(announced, reader.loadVolatileAnnounced());
        reader.unlock();
        assertEquals(announced, reader.loadVolatileAnnounced());
        reader.unlock();
        assertEquals(reader.outside, reader.loadVolatileAnnounced());
        reader.lock();
        assertTrue(reader.loadVolatileAnnounced() > announced, "a new section announces the new epoch");
        reader.unlock();
        reader.close();
    }

    @Test
    void unlockWithoutLockIsRefusedAndHarmless() {
        assertThrows(IllegalStateException.class, rcu::readUnlock);
        RcuReader reader = rcu.register();
        assertThrows(IllegalStateException.class, reader::unlock);
        assertThrows(IllegalStateException.class, rcu::readUnlock);
        reader.lock();
        assertTrue(reader.held());
        reader.unlock();
        assertThrows(IllegalStateException.class, reader::unlock);
        reader.close();
    }

    /** Whatever the owner has open at the time: what says so is also what says who may use the reader. */
    @Test
    void aForeignThreadIsRefusedAndChangesNothing() throws Exception {
        RcuReader reader = rcu.register();
        for (int depth = 0; depth <= 3; depth++) {
            long announced = reader.loadVolatileAnnounced();
            TestThread.startAction(() -> {
                        for (RuntimeAction use : new RuntimeAction[] {reader::lock, reader::unlock, reader::held}) {
                            IllegalStateException refused = assertThrows(IllegalStateException.class, use::run);
                            assertTrue(refused.getMessage().contains("belongs to"), refused.getMessage());
                        }
                    })
                    .result();
            assertEquals(announced, reader.loadVolatileAnnounced());
            assertEquals(depth, reader.openSections());
            reader.lock();
        }
        for (int depth = 4; depth > 0; depth--) {
            reader.unlock();
        }
        reader.close();
        for (RuntimeAction use : new RuntimeAction[] {reader::lock, reader::unlock, reader::held}) {
            IllegalStateException refused = assertThrows(IllegalStateException.class, use::run);
            assertTrue(refused.getMessage().contains("was closed"), refused.getMessage());
        }
        assertFalse(rcu.readLockHeld());
    }

    /** In announcement and nesting stands the owner's id, all of it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1L << 31, 1L << 32, (1L << 32) + 1, Long.MAX_VALUE})
    void aThreadsIdMayBeAnyPositiveNumber(long id) {
        RcuReaders readers = new RcuReaders("ids");
        RcuReader reader = new RcuReader(Thread.currentThread(), id, readers, readers.epoch);
        readers.registry.add(reader);
        for (int round = 0; round < 2; round++) {
            for (int depth = 0; depth < 3; depth++) {
                assertEquals(depth, reader.openSections());
                for (long other : new long[] {id ^ 1L << 33, id ^ 1L << 62, id ^ 2}) {
                    assertThrows(IllegalStateException.class, () -> reader.enter(other));
                    assertThrows(IllegalStateException.class, () -> reader.exit(other));
                }
                assertEquals(depth, reader.openSections());
                reader.enter(id);
            }
            for (int depth = 3; depth > 0; depth--) {
                assertEquals(depth, reader.openSections());
                reader.exit(id);
            }
            assertFalse(reader.isInside());
            assertThrows(IllegalStateException.class, () -> reader.exit(id));
        }
    }

    private interface RuntimeAction {
        void run();
    }

    @Test
    void nestingDoesNotOverflow() {
        RcuReader reader = rcu.register();
        reader.lock();
        long outermost = reader.nesting;
        long deepest = -(Integer.MAX_VALUE - 1L);
        reader.nesting = deepest;
        assertEquals(Integer.MAX_VALUE, reader.openSections());
        assertThrows(IllegalStateException.class, reader::lock);
        assertEquals(deepest, reader.nesting);
        reader.unlock();
        reader.lock();
        assertThrows(IllegalStateException.class, reader::lock);
        reader.nesting = outermost;
        reader.unlock();
        assertFalse(reader.held());
        reader.close();
    }

    @Test
    void aThreadHasOneReaderHoweverItRegisters() {
        rcu.readLock();
        RcuReader reader = rcu.register();
        assertTrue(reader.held(), "the section of readLock() is the handle's too");
        reader.unlock();
        assertFalse(rcu.readLockHeld());
        assertSame(reader, rcu.register());
        assertEquals(1, rcu.stats().readersRegistered());
        reader.close();
        reader.lock();
        reader.unlock();
        reader.close();
        assertEquals(0, rcu.stats().readersRegistered());
    }

    @Test
    void aClosedReaderIsRefusedAndTheThreadMayRegisterAgain() {
        RcuReader reader = rcu.register();
        reader.close();
        reader.close();
        assertThrows(IllegalStateException.class, reader::lock);
        assertThrows(IllegalStateException.class, reader::unlock);
        assertThrows(IllegalStateException.class, reader::held);
        rcu.readLock();
        rcu.readUnlock();
        RcuReader second = rcu.register();
        assertNotSame(reader, second);
        reader.close();
        assertEquals(1, rcu.stats().readersRegistered(), "closing the old handle again must not close the new one");
        second.close();
    }

    @Test
    void aReaderInsideASectionCannotBeClosed() {
        RcuReader reader = rcu.register();
        reader.lock();
        assertThrows(IllegalStateException.class, reader::close);
        assertTrue(reader.held());
        reader.unlock();
        reader.close();
    }

    @Test
    void aForeignThreadCannotUseAReader() throws Exception {
        try (RcuReader reader = rcu.register()) {
            TestThread.startAction(() -> {
                        assertThrows(IllegalStateException.class, reader::lock);
                        assertThrows(IllegalStateException.class, reader::unlock);
                        assertThrows(IllegalStateException.class, reader::held);
                        assertThrows(IllegalStateException.class, reader::close);
                        assertTrue(reader.toString().contains("read-side"));
                    })
                    .result();
            assertFalse(reader.held());
        }
    }

    @Test
    void aThreadStartedInsideASectionIsOutside() throws Exception {
        rcu.readLock();
        try {
            assertFalse(TestThread.start(rcu::readLockHeld).result());
        } finally {
            rcu.readUnlock();
        }
    }

    @Test
    void domainsDoNotKnowEachOther() {
        try (Rcu other = Rcu.create("other")) {
            rcu.readLock();
            try {
                assertFalse(other.readLockHeld());
                other.synchronize();
                other.barrier();
            } finally {
                rcu.readUnlock();
            }
        }
    }

    @Test
    void waitingInsideASectionIsRefusedAndOutsideItIsNot() {
        rcu.readLock();
        assertThrows(IllegalStateException.class, rcu::synchronize);
        assertThrows(IllegalStateException.class, () -> rcu.synchronize(java.time.Duration.ofSeconds(1)));
        assertThrows(IllegalStateException.class, rcu::synchronizeExpedited);
        assertThrows(IllegalStateException.class, rcu::barrier);
        assertThrows(IllegalStateException.class, rcu::close);
        assertThrows(IllegalStateException.class, () -> rcu.condSynchronize(RcuDomain.COMPLETED_STATE));
        rcu.readUnlock();
        rcu.synchronize();
        assertTrue(rcu.synchronize(java.time.Duration.ofSeconds(1)));
        rcu.synchronizeExpedited();
        rcu.barrier();
        rcu.condSynchronize(RcuDomain.COMPLETED_STATE);
    }
}

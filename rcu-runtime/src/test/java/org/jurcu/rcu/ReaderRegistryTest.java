package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReaderRegistryTest {
    private final RcuReaders readers = new RcuReaders("registry");
    private final ReaderRegistry registry = readers.registry;
    private final Epoch epoch = readers.epoch;

    private RcuReader add() {
        RcuReader reader = new RcuReader(Thread.currentThread(), readers, epoch);
        registry.add(reader);
        return reader;
    }

    @Test
    void aScanMeetsTheReaderOfEachSlot() {
        List<RcuReader> readers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            readers.add(add());
        }
        assertEquals(100, registry.registered());
        assertEquals(100, registry.bound());
        Holdouts holdouts = new Holdouts();
        for (RcuReader reader : readers) { // one at a time, in each slot
            reader.lock();
            long target = epoch.advanceVolatile();
            registry.collect(target, holdouts);
            assertFalse(holdouts.poll(target, registry));
            reader.unlock();
            assertTrue(holdouts.poll(target, registry));
        }
    }

    @Test
    void allHoldoutsAreWaitedFor() {
        List<RcuReader> readers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            readers.add(add());
            readers.get(i).lock();
        }
        long target = epoch.advanceVolatile();
        Holdouts holdouts = new Holdouts();
        registry.collect(target, holdouts);
        for (RcuReader reader : readers) {
            assertFalse(holdouts.poll(target, registry));
            reader.unlock();
            reader.lock(); // in the new epoch
        }
        assertTrue(holdouts.poll(target, registry));
        holdouts.clear();
        registry.collect(target, holdouts);
        assertTrue(holdouts.poll(target, registry), "what began in the new epoch is not waited for");
    }

    @Test
    void slotsAreReusedFromTheBottomAndTheBoundFalls() {
        List<RcuReader> readers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            readers.add(add());
        }
        registry.remove(readers.get(3));
        registry.remove(readers.get(7));
        assertEquals(40, registry.bound());
        assertEquals(3, add().slot);
        assertEquals(7, add().slot);
        assertEquals(40, add().slot);
        for (int i = 39; i >= 10; i--) {
            registry.remove(readers.get(i));
        }
        assertEquals(41, registry.bound());
        registry.remove(readers.get(9));
        assertEquals(9, add().slot);
        registry.remove(readers.get(9));
        assertEquals(11, registry.registered(), "removing twice removes once");
    }

    /** All but one slot are taken for good; each newcomer's thread is dead when the next one comes. */
    @Test
    void whoRegistersSearchesFewSlotsHoweverFewGetFree() throws Exception {
        TestThread<Void> ended = TestThread.startAction(() -> {});
        ended.result();
        int living = 1023;
        for (int i = 0; i < living; i++) {
            add();
        }
        long before = registry.searched();
        int newcomers = 4000;
        for (int i = 0; i < newcomers; i++) {
            registry.add(new RcuReader(ended.thread(), 1 + i, readers, epoch));
        }
        assertTrue(registry.searched() - before > 0, "it was never full");
        assertTrue(
                registry.searched() - before <= (long) newcomers * ReaderRegistry.WORTH_SEARCHING,
                () -> registry.searched() - before + " slots");
        assertTrue(registry.bound() <= 2 * (living + 1), "it grows for dead threads");
    }

    /** Its owner was taken for dead, as a virtual thread may be that only a finalizer reaches. */
    @Test
    void whoWasRemovedIsNotListedAnew() {
        RcuReader reader = add();
        reader.listing = ReaderRecord.UNLISTED;
        registry.remove(reader);
        assertThrows(IllegalStateException.class, reader::lock);
        assertFalse(reader.isInside());
        assertEquals(0, registry.listed());
    }

    @Test
    void aFewSweepsForgetABurstOfDeadReaders() throws Exception {
        int burst = 5000;
        TestThread.startAction(() -> {
                    for (int i = 0; i < burst; i++) {
                        add();
                    }
                })
                .result();
        for (int i = 0; i < ReaderRegistry.SWEEP_PERIODS; i++) {
            registry.sweepSome();
        }
        assertEquals(0, registry.registered());
        assertEquals(0, registry.bound());
    }
}

package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Readers that do nothing, and are struck off the list of those whom a scan meets. */
class IdleReaderTest {
    private static final int MANY = 3 * ReaderRegistry.UNDISTURBED;

    private final RcuReaders readers = new RcuReaders("idle");
    private final ReaderRegistry registry = readers.registry;
    private final Holdouts holdouts = new Holdouts();
    private long target;

    private List<RcuReader> add(int count) {
        List<RcuReader> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            added.add(new RcuReader(Thread.currentThread(), readers, readers.epoch));
            registry.add(added.get(i));
        }
        return added;
    }

    private void scan() {
        target = readers.epoch.advanceVolatile();
        holdouts.clear();
        registry.collect(target, holdouts);
    }

    private void scan(int times) {
        for (int i = 0; i < times; i++) {
            scan();
        }
    }

    /** From a new registry on. */
    private void scanUntilTheyDoze() {
        scan(ReaderRegistry.CYCLE);
    }

    /** From there on. */
    private void scanUntilTheyMayBeStruckOff() {
        scan(ReaderRegistry.DOZE_AT_LEAST - 1);
    }

    @Test
    void whoeverHasBeenIdleForHalfACycleIsStruckOff() {
        List<RcuReader> added = add(MANY);
        added.get(5).lock();
        scan(ReaderRegistry.CYCLE - 1);
        assertEquals(ReaderRecord.LISTED, added.get(4).listing);
        scan();
        assertEquals(ReaderRecord.DOZING, added.get(4).listing);
        assertEquals(ReaderRecord.LISTED, added.get(5).listing, "who is inside does not doze");
        scanUntilTheyMayBeStruckOff();
        assertEquals(MANY, registry.listed(), "nobody so soon");
        scan();
        assertEquals(1, registry.listed(), "all but the one who is inside");
        assertEquals(MANY, registry.registered());
        assertEquals(1, holdouts.size());
        added.get(5).unlock();
        scan();
        assertEquals(1, registry.listed(), "who was inside at the first look has another one before it");
    }

    /** Such a reader pays a compare-and-set now and then, and never the lock. */
    @Test
    void whoeverHasASectionInHalfACycleIsNeverStruckOff() {
        List<RcuReader> added = add(MANY);
        RcuReader sparse = added.get(MANY - 1);
        scan(5); // so that it is made to doze in the middle of a rest
        for (int i = 0; i < 10 * ReaderRegistry.CYCLE; i++) {
            sparse.lock();
            sparse.unlock();
            scan(ReaderRegistry.DOZE_AT_LEAST);
            assertTrue(sparse.listing != ReaderRecord.UNLISTED, "after " + i + " sections");
        }
        assertEquals(1, registry.listed(), "the others were struck off meanwhile");
    }

    /** A leader that had looked at it just before must not overwrite the waking. */
    @Test
    void whoeverWakesBetweenTheLookAndTheStrikingOffStays() {
        List<RcuReader> added = add(MANY);
        scanUntilTheyDoze();
        long sleepers = registry.collectWord(1, readers.epoch.advanceVolatile(), holdouts, false);
        assertEquals(-1L, sleepers);
        added.get(70).lock();
        registry.strikeOff(1, sleepers);
        assertEquals(ReaderRecord.LISTED, added.get(70).listing);
        assertEquals(MANY - 63, registry.listed());
        scan();
        assertEquals(1, holdouts.size());
        added.get(70).unlock();
    }

    @Test
    void whoeverHasComeToASlotBetweenTheLookAndTheStrikingOffStays() {
        List<RcuReader> added = add(MANY);
        scanUntilTheyDoze();
        long sleepers = registry.collectWord(1, readers.epoch.advanceVolatile(), holdouts, false);
        int slot = added.get(80).slot;
        registry.remove(added.get(80));
        RcuReader next = add(1).get(0);
        assertEquals(slot, next.slot);
        registry.remove(added.get(90));
        registry.strikeOff(1, sleepers);
        assertEquals(ReaderRecord.DOZING, added.get(80).listing, "it is nobody's any more");
        assertEquals(MANY - 1 - 62, registry.listed());
        next.lock();
        scan();
        assertEquals(1, holdouts.size());
        next.unlock();
    }

    /** A first section after a rest, in each of the last frames of a stack: whoever believes to be listed is. */
    @Test
    void noErrorLeavesAWokenReaderOffTheList() throws Exception {
        int[] overflows = new int[1];
        TestThread.startAction(() -> {
                    RcuReader reader = add(1).get(0);
                    for (int frame = 0; frame < 60; frame++) {
                        for (int rest : new int[] {ReaderRecord.DOZING, ReaderRecord.UNLISTED}) {
                            reader.listing = ReaderRecord.DOZING;
                            if (rest == ReaderRecord.UNLISTED) {
                                registry.strikeOff(0, 1);
                                assertEquals(0, registry.listed());
                            }
                            sink(reader, frame);
                            assertNull(registry.lock.holder);
                            assertFalse(reader.held());
                            assertTrue(reader.listing == ReaderRecord.UNLISTED || registry.listed() == 1);
                            overflows[0] += reader.listing == ReaderRecord.LISTED ? 0 : 1;
                            reader.lock();
                            assertEquals(ReaderRecord.LISTED, reader.listing);
                            assertEquals(1, registry.listed());
                            reader.unlock();
                        }
                    }
                })
                .result();
        assertTrue(overflows[0] > 10, "hardly any section was kept from waking its reader: " + overflows[0]);
    }

    /** Has a section in that frame from the end of the stack; returns the number of its own. */
    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private static int sink(RcuReader reader, int frame) {
        int own;
        try {
            own = sink(reader, frame) + 1;
        } catch (StackOverflowError end) {
            own = 0;
        }
        if (own == frame) {
            try {
                reader.lock();
                reader.unlock();
            } catch (StackOverflowError expected) {
                // in front of or behind a step, or within the waking
            }
        }
        return own;
    }

    @Test
    void whoeverBeginsASectionIsMetAgain() {
        List<RcuReader> added = add(MANY);
        scanUntilTheyDoze();
        scanUntilTheyMayBeStruckOff();
        scan();
        assertEquals(0, registry.listed());
        for (RcuReader reader : added) { // each slot, so each bit of each word
            reader.lock();
            assertEquals(1, registry.listed());
            scan();
            assertEquals(1, holdouts.size());
            assertFalse(holdouts.poll(target, registry));
            reader.unlock();
            assertTrue(holdouts.poll(target, registry));
            registry.remove(reader);
            assertEquals(0, registry.listed());
        }
    }

    @Test
    void whoeverBeginsASectionBetweenTheLooksStays() {
        List<RcuReader> added = add(MANY);
        scanUntilTheyDoze();
        added.get(70).lock();
        assertEquals(ReaderRecord.LISTED, added.get(70).listing);
        added.get(71).lock();
        added.get(71).unlock();
        scanUntilTheyMayBeStruckOff();
        scan();
        assertEquals(2, registry.listed());
        assertEquals(1, holdouts.size());
        added.get(70).unlock();
    }

    @Test
    void aFewReadersAreLeftAlone() {
        add(ReaderRegistry.UNDISTURBED);
        scan(10 * ReaderRegistry.CYCLE);
        assertEquals(ReaderRegistry.UNDISTURBED, registry.listed());
    }

    @Test
    void aBusyRegistryIsLeftAlone() throws Exception {
        add(MANY);
        scanUntilTheyDoze();
        scanUntilTheyMayBeStruckOff();
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        TestThread<Void> other = TestThread.startAction(() -> {
            Thread me = Thread.currentThread();
            registry.lock.acquire(me);
            taken.countDown();
            leave.await();
            registry.lock.holder = null;
        });
        taken.await();
        scan(); // does not wait
        assertEquals(MANY, registry.listed());
        leave.countDown();
        other.result();
        scan();
        assertEquals(0, registry.listed());
    }

    @Test
    void aNewReaderInTheSlotOfOneThatWasStruckOffIsMet() {
        List<RcuReader> added = add(MANY);
        scanUntilTheyDoze();
        scanUntilTheyMayBeStruckOff();
        scan();
        int slot = added.get(100).slot;
        registry.remove(added.get(100));
        RcuReader next = add(1).get(0);
        assertEquals(slot, next.slot);
        assertEquals(1, registry.listed());
        next.lock();
        scan();
        assertEquals(1, holdouts.size());
        next.unlock();
    }

    @Test
    void aReaderThatComesOnlineIsMetAgain() {
        QsbrReaders online = new QsbrReaders("idle");
        List<QsbrReader> added = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            QsbrReader reader = new QsbrReader(Thread.currentThread(), online, online.epoch);
            online.registry.add(reader);
            added.add(reader);
        }
        for (int i = 0; i < ReaderRegistry.CYCLE + ReaderRegistry.DOZE_AT_LEAST; i++) {
            online.registry.collect(online.epoch.advanceVolatile(), holdouts);
        }
        assertEquals(0, online.registry.listed());
        added.get(130).online();
        assertEquals(1, online.registry.listed());
        online.registry.collect(online.epoch.advanceVolatile(), holdouts);
        assertEquals(1, holdouts.size());
    }

    /** A period that begins inside a section must not end inside it. */
    @Test
    @SuppressWarnings("ThreadPriorityCheck") // the two must take turns on one processor too
    void noSectionIsPassedOver() throws Exception {
        int rests = 500;
        AtomicLong begun = new AtomicLong();
        AtomicLong ended = new AtomicLong();
        add(MANY);
        TestThread<Integer> reading = TestThread.start(() -> {
            RcuReader reader = add(1).get(0);
            int woken = 0;
            for (int rest = 0; rest < rests; rest++) {
                for (int section = 0; section < 40; section++) {
                    if (reader.listing == ReaderRecord.UNLISTED) {
                        woken++;
                    }
                    reader.lock();
                    long before = begun.get();
                    for (int look = 0; look < (section & 7); look++) {
                        assertTrue(ended.get() <= before, "a period ended inside a section that is older");
                        Thread.yield();
                    }
                    reader.unlock();
                }
                long rested = ended.get();
                while (ended.get() < rested + 2 * ReaderRegistry.CYCLE + rest % 5) {
                    Thread.yield();
                }
            }
            return woken;
        });
        while (!reading.isDone()) {
            begun.incrementAndGet();
            readers.beginGracePeriod();
            while (!readers.pollGracePeriod()) {
                Thread.yield();
            }
            ended.incrementAndGet();
        }
        assertTrue(reading.result() > rests / 2, "it was hardly ever struck off");
    }
}

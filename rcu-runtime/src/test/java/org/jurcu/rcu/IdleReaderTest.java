package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

    private void scanUntilTheyDoze() {
        for (int i = 0; i < ReaderRegistry.DOZE_EVERY; i++) {
            scan();
        }
    }

    @Test
    void whoeverIsFoundIdleTwiceIsStruckOff() {
        List<RcuReader> added = add(MANY);
        added.get(5).lock();
        scanUntilTheyDoze();
        assertEquals(MANY, registry.listed(), "nobody after one look");
        assertEquals(ReaderRecord.DOZING, added.get(4).listing);
        scan();
        assertEquals(1, registry.listed(), "all but the one who is inside");
        assertEquals(MANY, registry.registered());
        assertEquals(1, holdouts.size());
        added.get(5).unlock();
        scan();
        assertEquals(1, registry.listed(), "who was inside at the first look has another one before it");
    }

    @Test
    void whoeverBeginsASectionIsMetAgain() {
        List<RcuReader> added = add(MANY);
        scanUntilTheyDoze();
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
        scan();
        assertEquals(2, registry.listed());
        assertEquals(1, holdouts.size());
        added.get(70).unlock();
    }

    @Test
    void aFewReadersAreLeftAlone() {
        add(ReaderRegistry.UNDISTURBED);
        for (int i = 0; i < 10; i++) {
            scanUntilTheyDoze();
        }
        assertEquals(ReaderRegistry.UNDISTURBED, registry.listed());
    }

    @Test
    void aBusyRegistryIsLeftAlone() throws Exception {
        add(MANY);
        scanUntilTheyDoze();
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
        for (int i = 0; i <= ReaderRegistry.DOZE_EVERY; i++) {
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
                while (ended.get() < rested + 2 * ReaderRegistry.DOZE_EVERY + rest % 5) {
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

package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ReaderCacheTest {
    private final RcuReaders readers = new RcuReaders("cache");
    private final Rcu rcu = Rcu.builder("cache").build(readers);

    private ReaderRecord find() {
        RcuReader reader = ReaderCache.find(readers.cache(), ThreadIds.of(Thread.currentThread()));
        assertSame(reader, ReaderCache.find(readers.cache()));
        return reader;
    }

    private long cached() {
        return Arrays.stream(readers.cache()).filter(Objects::nonNull).count();
    }

    @Test
    void aReaderIsFoundFromItsFirstSectionToItsEnd() {
        try (rcu) {
            assertNull(find());
            rcu.readLock();
            ReaderRecord record = find();
            assertSame(readers.currentOrNull(), record);
            rcu.readUnlock();
            RcuReader reader = rcu.register();
            assertSame(record, reader);
            reader.close();
            assertNull(find());
            assertEquals(0, cached(), "a record that is no reader's any more was kept");
            rcu.readLock();
            assertNotSame(record, find());
            rcu.readUnlock();
        }
    }

    @Test
    void aDeadThreadsRecordIsKeptNoLongerThanItsRegistration() throws Exception {
        try (rcu) {
            for (int i = 0; i < 20; i++) {
                TestThread.startAction(() -> {
                            rcu.readLock();
                            rcu.readUnlock();
                            assertTrue(cached() > 0);
                        })
                        .result();
            }
            while (rcu.stats().readersRegistered() > 0) {
                rcu.synchronize();
            }
            assertEquals(0, cached());
        }
    }

    /** All in one place: whoever is not first is still itself, and gets the place when it is free. */
    @Test
    void threadsWithTheSamePlaceAreToldApart() throws Exception {
        ReaderRecord[] places = new RcuReader[ReaderCache.PLACES];
        Epoch epoch = new Epoch();
        RcuReader mine = new RcuReader(Thread.currentThread(), readers, epoch);
        TestThread.startAction(() -> {
                    RcuReader other = new RcuReader(Thread.currentThread(), readers, epoch);
                    Arrays.fill(places, mine);
                    assertNull(ReaderCache.find(places));
                    ReaderCache.offer(places, other);
                    assertNull(ReaderCache.find(places));
                    ReaderCache.remove(places, other);
                    assertEquals(places.length, count(places, mine), "it took out another's");
                    Arrays.fill(places, null);
                    ReaderCache.offer(places, other);
                    assertSame(other, ReaderCache.find(places));
                    assertEquals(1, count(places, other));
                })
                .result();
        assertNull(ReaderCache.find(places));
        rcu.close();
    }

    private static long count(ReaderRecord[] places, ReaderRecord record) {
        return Arrays.stream(places).filter(place -> place == record).count();
    }

    @Test
    void moreReadersThanPlacesAllWork() throws Exception {
        int count = readers.cache().length + 50;
        CountDownLatch inside = new CountDownLatch(count);
        CountDownLatch leave = new CountDownLatch(1);
        TestThread<?>[] threads = new TestThread<?>[count];
        try (rcu) {
            for (int i = 0; i < count; i++) {
                threads[i] = TestThread.startAction(() -> {
                    rcu.readLock();
                    rcu.readLock();
                    inside.countDown();
                    leave.await();
                    rcu.readUnlock();
                    assertTrue(rcu.readLockHeld());
                    rcu.readUnlock();
                    assertFalse(rcu.readLockHeld());
                });
            }
            inside.await();
            assertEquals(count, rcu.stats().readersRegistered());
            assertFalse(rcu.synchronize(java.time.Duration.ZERO));
            leave.countDown();
            for (TestThread<?> thread : threads) {
                thread.result();
            }
            rcu.synchronize();
        }
    }

    @Test
    void aThreadThatOverridesItsIdIsNotAsked() throws Exception {
        Thread odd =
                new Thread(() -> {
                    rcu.readLock();
                    rcu.readUnlock();
                    rcu.call(() -> {});
                    SectionCounters counters = new SectionCounters(4, 0);
                    counters.exit(counters.enter());
                }) {
                    @Override
                    @SuppressWarnings("deprecation") // that is what may be overridden
                    public long getId() {
                        throw new AssertionError("Jurcu called the application");
                    }
                };
        Throwable[] thrown = new Throwable[1];
        odd.setUncaughtExceptionHandler((thread, e) -> thrown[0] = e);
        odd.start();
        odd.join();
        assertNull(thrown[0]);
        rcu.close();
    }
}

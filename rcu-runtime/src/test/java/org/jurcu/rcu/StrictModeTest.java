package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** What strict mode adds; runs in a JVM of its own with {@code -Djurcu.strict=true}. */
@Tag("strict")
class StrictModeTest {
    @BeforeEach
    void checkMode() {
        assertTrue(StrictMode.ON, "this class needs -Djurcu.strict=true");
    }

    @Test
    void aStallReportShowsWhereTheSectionBeganAndItsExactAge() throws Exception {
        BlockingQueue<ReaderStall> reports = new LinkedBlockingQueue<>();
        try (Rcu rcu = Rcu.builder("strict")
                        .stallNanos(1_000_000)
                        .onStall(reports::add)
                        .build();
                StalledReader reader = new StalledReader(rcu)) {
            reader.awaitParked();
            rcu.startPoll();
            ReaderStall.Holdout holdout =
                    reports.poll(50, TimeUnit.SECONDS).holdouts().get(0);
            assertEquals(holdout.leastAge(), holdout.largestAge());
            assertTrue(
                    holdout.entryTrace().stream()
                            .anyMatch(frame -> frame.getMethodName().equals("readLock")),
                    holdout.toString());
            assertTrue(holdout.toString().contains("its section began"), holdout.toString());
        }
    }

    @Test
    void aMisuseShowsWhereTheSectionBegan() {
        try (Rcu rcu = Rcu.create("strict")) {
            rcu.readLock();
            try {
                Throwable misuse = assertThrows(IllegalStateException.class, rcu::synchronize);
                SectionEntry entry = assertInstanceOf(SectionEntry.class, misuse.getCause());
                assertTrue(Arrays.stream(entry.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("aMisuseShowsWhereTheSectionBegan")));
            } finally {
                rcu.readUnlock();
            }
        }
    }

    /** On a platform thread: nothing in it depends on the kind of the thread. */
    @Test
    void aCountedHoldoutIsListedWithWhereItBegan() {
        Epoch epoch = new Epoch();
        VirtualReaders readers = new VirtualReaders("strict", epoch, 1);
        assertNull(readers.callerEntry());
        readers.enter();
        SectionEntry outermost = readers.callerEntry();
        readers.enter();
        readers.exit();
        readers.begin();
        assertFalse(readers.poll());
        HoldoutList list = new HoldoutList();
        readers.listHoldouts(list);
        assertSame(outermost, list.listed().get(0).entry());
        assertTrue(Arrays.stream(outermost.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("aCountedHoldoutIsListedWithWhereItBegan")));
        readers.exit();
        assertNull(readers.callerEntry());
        epoch.close();
        assertThrows(IllegalStateException.class, readers::enter);
        assertNull(readers.callerEntry(), "what backed out is forgotten too");
    }

    @Test
    void whereACountedThreadBeganIsForgottenWithIt() throws Exception {
        VirtualReaders readers = new VirtualReaders("strict", new Epoch(), 1);
        TestThread.startAction(readers::enter).result();
        readers.begin();
        while (!readers.poll()) { // until the search for the dead
            Thread.onSpinWait();
        }
        assertEquals(1, readers.diedInside());
        assertEquals(0, readers.entriesKept());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads came with JDK 21")
    void aStallReportShowsWhereAVirtualThreadBegan() throws Exception {
        BlockingQueue<ReaderStall> reports = new LinkedBlockingQueue<>();
        try (Rcu rcu = Rcu.builder("strict")
                .stallNanos(1_000_000)
                .onStall(reports::add)
                .build()) {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch leave = new CountDownLatch(1);
            AtomicReference<Throwable> misuse = new AtomicReference<>();
            Thread reader = VirtualThreadsTest.startVirtual(() -> {
                rcu.readLock();
                misuse.set(assertThrows(IllegalStateException.class, rcu::synchronize));
                inside.countDown();
                try {
                    leave.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                rcu.readUnlock();
            });
            inside.await();
            rcu.startPoll();
            ReaderStall.Holdout holdout =
                    reports.poll(50, TimeUnit.SECONDS).holdouts().get(0);
            leave.countDown();
            reader.join();
            assertEquals(holdout.leastAge(), holdout.largestAge());
            assertTrue(
                    holdout.entryTrace().stream()
                            .anyMatch(frame -> frame.getMethodName().equals("readLock")),
                    holdout.toString());
            assertInstanceOf(SectionEntry.class, misuse.get().getCause());
        }
    }

    @Test
    void aSectionThatHasEndedIsForgotten() {
        try (Rcu rcu = Rcu.create("strict")) {
            RcuReader reader = rcu.register();
            reader.lock();
            reader.lock();
            SectionEntry outermost = reader.sectionEntry();
            reader.unlock();
            assertEquals(outermost, reader.sectionEntry());
            reader.unlock();
            assertNull(reader.sectionEntry());
        }
    }

    @Test
    void noLeaderParks() throws Exception {
        AtomicInteger reports = new AtomicInteger();
        try (Rcu rcu = Rcu.builder("strict")
                .stallNanos(1_000_000)
                .onStall(stall -> reports.incrementAndGet())
                .build()) {
            TestThread<Void> leader;
            try (StalledReader reader = new StalledReader(rcu)) {
                leader = TestThread.startAction(rcu::synchronize);
                while (reports.get() < 5) { // four milliseconds each: longer than a ladder spins and yields
                    assertNotEquals(Thread.State.TIMED_WAITING, leader.thread().getState());
                }
                assertTrue(reader.thread().isAlive());
            }
            leader.result();
        }
    }

    @Test
    void batchesAreSmall() {
        AtomicInteger ran = new AtomicInteger();
        int calls = 1_000;
        try (Rcu rcu = Rcu.create("strict")) {
            for (int i = 0; i < calls; i++) {
                rcu.call(ran::incrementAndGet);
            }
            rcu.barrier();
            assertEquals(calls, ran.get());
            assertTrue(rcu.stats().gracePeriods() >= calls / 10, rcu.stats().toString());
        }
    }
}

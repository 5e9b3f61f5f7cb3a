package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SrcuStrictModeTest {
    private final Srcu srcu = strict("strict");

    @AfterEach
    void close() {
        srcu.close();
    }

    private static Srcu strict(String name) {
        return Srcu.builder(name).build(new SectionCounters(1, 0), new StrictSections());
    }

    @Test
    void whoIsInsideMustNotWait() {
        int outer = srcu.readLock();
        int inner = srcu.readLock();
        srcu.readUnlock(outer);
        List<TestThread.Action> waits = List.of(
                srcu::synchronize,
                srcu::synchronizeExpedited,
                () -> srcu.synchronize(Duration.ZERO),
                () -> srcu.condSynchronize(srcu.getState()),
                srcu::barrier);
        for (TestThread.Action wait : waits) {
            IllegalStateException refused = assertThrows(IllegalStateException.class, wait::run);
            assertTrue(refused.getMessage().contains("inside a read-side section"), refused.getMessage());
        }
        srcu.readUnlock(inner);
        srcu.synchronize();
    }

    @Test
    void anotherThreadMayWaitAndMayEndTheSection() throws Exception {
        LinkedBlockingQueue<Integer> tokens = new LinkedBlockingQueue<>();
        tokens.add(srcu.readLock());
        assertFalse(TestThread.start(() -> srcu.synchronize(Duration.ZERO)).result());
        TestThread.startAction(() -> srcu.readUnlock(tokens.take())).result();
        srcu.synchronize();
    }

    /** Without strict mode the first token would end the second section. */
    @Test
    void aTokenThatWasUsedIsRefusedAlthoughAnotherSectionIsOpen() {
        int first = srcu.readLock();
        int second = srcu.readLock();
        assertNotEquals(first, second);
        srcu.readUnlock(first);
        assertThrows(IllegalArgumentException.class, () -> srcu.readUnlock(first));
        srcu.readUnlock(second);
    }

    @Test
    void aTokenOfAnotherDomainIsRefused() {
        try (Srcu other = strict("other")) {
            int token = other.readLock();
            int own = srcu.readLock();
            assertThrows(IllegalArgumentException.class, () -> srcu.readUnlock(token));
            assertThrows(IllegalArgumentException.class, () -> srcu.readUnlock(0));
            other.readUnlock(token);
            srcu.readUnlock(own);
        }
    }

    @Test
    void holdoutsAreListedWithTheirThreads() throws Exception {
        SrcuReaders readers = new SrcuReaders("list", new SectionCounters(2, 0), new StrictSections());
        int before = readers.lock();
        readers.beginGracePeriod();
        assertFalse(readers.pollGracePeriod());
        int behind = readers.lock();
        int second = readers.lock();
        HoldoutList list = new HoldoutList();
        readers.listHoldouts(list);
        assertEquals(1, list.total());
        assertEquals(0, list.unnamed());
        HoldoutList.Holdout holdout = list.listed().get(0);
        assertSame(Thread.currentThread(), holdout.thread());
        assertEquals(
                "holdoutsAreListedWithTheirThreads",
                List.of(holdout.entry().getStackTrace()).stream()
                        .map(StackTraceElement::getMethodName)
                        .filter(name -> name.startsWith("holdouts"))
                        .findFirst()
                        .orElse("the stack does not lead to the section"));
        readers.unlock(before);
        readers.unlock(behind);
        readers.unlock(second);
    }

    @Test
    void withoutStrictModeHoldoutsAreCounted() {
        SrcuReaders readers = new SrcuReaders("list", new SectionCounters(2, 0), null);
        int before = readers.lock();
        readers.beginGracePeriod();
        assertFalse(readers.pollGracePeriod());
        int behind = readers.lock();
        int second = readers.lock();
        HoldoutList list = new HoldoutList();
        readers.listHoldouts(list);
        assertEquals(1, list.unnamed());
        assertEquals(1, list.total());
        readers.unlock(before);
        readers.unlock(behind);
        readers.unlock(second);
    }

    @Test
    void whoHandedItsTokenOnMayClose() throws Exception {
        int token = srcu.readLock();
        srcu.close();
        TestThread.startAction(() -> srcu.readUnlock(token)).result();
    }

    /** Or a later section would be open without being counted. */
    @Test
    void aSectionThatBacksOutIsNotEndedTwice() {
        SectionCounters counters = new SectionCounters(1, 0);
        StrictSections thief = new StrictSections() {
            @Override
            int add(int slot) {
                assertTrue(counters.exitIfOpen(slot), "what a wrong token does meanwhile");
                throw new OutOfMemoryError("scripted");
            }
        };
        SrcuReaders readers = new SrcuReaders("thief", counters, thief);
        assertThrows(OutOfMemoryError.class, readers::lock);
        assertEquals(0, counters.open(0));
    }
}

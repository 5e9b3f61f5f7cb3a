package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SrcuTest {
    private final Srcu srcu = Srcu.create("srcu");

    @AfterEach
    void close() {
        srcu.close();
    }

    private boolean elapsesAtOnce() throws Exception {
        return TestThread.start(() -> srcu.synchronize(Duration.ZERO)).result();
    }

    @Test
    void synchronizeWaitsForTheSectionsBeforeIt() throws Exception {
        int token = srcu.readLock();
        TestThread<Void> updater = TestThread.startAction(srcu::synchronize);
        updater.awaitParked();
        srcu.readUnlock(token);
        updater.result();
        assertEquals(1, srcu.stats().gracePeriods());
    }

    @Test
    void expeditedSynchronizeWaitsToo() throws Exception {
        int token = srcu.readLock();
        CountDownLatch called = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        TestThread<Integer> updater = TestThread.start(() -> {
            called.countDown();
            srcu.synchronizeExpedited();
            return ended.get();
        });
        called.await();
        assertFalse(elapsesAtOnce());
        ended.set(1);
        srcu.readUnlock(token);
        assertEquals(1, updater.result());
    }

    @Test
    void aSectionThatBeganLaterIsNotWaitedFor() throws Exception {
        int before = srcu.readLock();
        assertFalse(elapsesAtOnce());
        int later = srcu.readLock(); // behind the flip
        TestThread<Void> updater = TestThread.startAction(() -> {
            while (srcu.stats().gracePeriods() == 0) {
                srcu.synchronize(Duration.ofMillis(1)); // goes on with the period that is open
            }
        });
        srcu.readUnlock(before);
        updater.result();
        srcu.readUnlock(later);
    }

    @Test
    void sectionsNestAndOverlap() throws Exception {
        int first = srcu.readLock();
        int second = srcu.readLock();
        srcu.readUnlock(first);
        assertFalse(elapsesAtOnce());
        int third = srcu.readLock();
        srcu.readUnlock(second);
        assertFalse(elapsesAtOnce(), "the third may have been there when the second call came");
        srcu.readUnlock(third);
        srcu.synchronize();
    }

    @Test
    void anotherThreadMayEndASection() throws Exception {
        LinkedBlockingQueue<Integer> tokens = new LinkedBlockingQueue<>();
        TestThread<Void> beginner = TestThread.startAction(() -> tokens.add(srcu.readLock()));
        beginner.result();
        assertFalse(elapsesAtOnce(), "the section outlives its thread");
        srcu.readUnlock(tokens.take());
        srcu.synchronize();
    }

    @Test
    void anEndByAnotherThreadIsOrderedToo() throws Exception {
        int[] plain = new int[1];
        LinkedBlockingQueue<Integer> tokens = new LinkedBlockingQueue<>();
        for (int i = 1; i < 60; i++) {
            int round = i;
            TestThread<Void> beginner = TestThread.startAction(() -> {
                int token = srcu.readLock();
                plain[0] = round;
                tokens.add(token);
            });
            CountDownLatch inside = new CountDownLatch(1);
            TestThread<Void> finisher = TestThread.startAction(() -> {
                int token = tokens.take();
                inside.countDown();
                srcu.readUnlock(token);
            });
            inside.await();
            srcu.synchronize();
            assertEquals(round, plain[0]);
            beginner.result();
            finisher.result();
        }
    }

    @Test
    void callbacksPollingAndBarrierWaitForSections() throws Exception {
        int token = srcu.readLock();
        AtomicInteger ran = new AtomicInteger();
        srcu.call(ran::incrementAndGet);
        long started = srcu.startPoll();
        long asked = srcu.getState();
        TestThread<Void> barrier = TestThread.startAction(srcu::barrier);
        TestThread<Void> conditional = TestThread.startAction(() -> srcu.condSynchronize(asked));
        barrier.awaitParked();
        conditional.awaitParked();
        assertEquals(0, ran.get());
        assertFalse(srcu.pollState(started));
        srcu.readUnlock(token);
        barrier.result();
        conditional.result();
        assertEquals(1, ran.get());
        assertTrue(srcu.pollState(asked));
    }

    @Test
    void domainsDoNotDelayEachOther() throws Exception {
        int token = srcu.readLock();
        TestThread<Void> blocked = TestThread.startAction(srcu::synchronize);
        blocked.awaitParked();
        try (Srcu other = Srcu.create("other")) {
            other.readUnlock(other.readLock());
            AtomicInteger ran = new AtomicInteger();
            other.call(ran::incrementAndGet);
            other.synchronize();
            other.barrier();
            assertEquals(1, ran.get());
        }
        assertFalse(blocked.isDone());
        srcu.readUnlock(token);
        blocked.result();
    }

    @Test
    void aSecondReleaseIsRefusedAndHarmless() throws Exception {
        int token = srcu.readLock();
        srcu.readUnlock(token);
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> srcu.readUnlock(token));
        assertTrue(refused.getMessage().contains("call readUnlock() once for each readLock()"), refused.getMessage());
        int next = srcu.readLock();
        assertFalse(elapsesAtOnce(), "the refused end does not make up for this beginning");
        srcu.readUnlock(next);
        srcu.synchronize();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 42, -1, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aMadeUpTokenIsRefused(int token) {
        int real = srcu.readLock();
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> srcu.readUnlock(token));
        assertTrue(refused.getMessage().contains("never gave the token " + token), refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> srcu.readUnlock(real | 1 << 31));
        srcu.readUnlock(real);
    }

    @Test
    void aTokenOfAnotherDomainIsRefused() {
        try (Srcu other = Srcu.create("other")) {
            int token = other.readLock();
            int own = srcu.readLock();
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> srcu.readUnlock(token));
            assertTrue(refused.getMessage().contains("Domain \"srcu\" never gave"), refused.getMessage());
            other.readUnlock(token);
            srcu.readUnlock(own);
        }
    }

    @Test
    void outsideOfStrictModeTheDomainDoesNotKnowWhoIsInside() throws Exception {
        int token = srcu.readLock();
        assertFalse(srcu.synchronize(Duration.ZERO), "it is not refused, it waits for its caller");
        srcu.readUnlock(token);
        srcu.synchronize();
    }

    @Test
    void aClosedDomainRefusesNewSectionsAndLetsOpenOnesEnd() throws Exception {
        int token = srcu.readLock();
        srcu.close();
        IllegalStateException refused = assertThrows(IllegalStateException.class, srcu::readLock);
        assertTrue(refused.getMessage().contains("is closed"), refused.getMessage());
        srcu.readUnlock(token);
        assertThrows(IllegalArgumentException.class, () -> srcu.readUnlock(token), "the refused section left nothing");
        assertThrows(IllegalStateException.class, srcu::synchronize);
    }

    @Test
    void closeRunsWhatIsQueuedAfterTheSectionsBeforeIt() throws Exception {
        int token = srcu.readLock();
        AtomicInteger ran = new AtomicInteger();
        srcu.call(ran::incrementAndGet);
        TestThread<Void> closing = TestThread.startAction(srcu::close);
        closing.awaitParked();
        assertEquals(0, ran.get());
        srcu.readUnlock(token);
        closing.result();
        assertEquals(1, ran.get());
    }

    @Test
    void nobodyIsRegistered() {
        srcu.readUnlock(srcu.readLock());
        assertEquals(0, srcu.stats().readersRegistered());
        assertEquals("Srcu[srcu]", srcu.toString());
    }

    @Test
    void tagsAreDistinctAndNeverZero() {
        assertEquals(0, SectionToken.tag(1 << 24), "the one number that newTag() passes over");
        assertNotEquals(SectionToken.tag(1), SectionToken.tag(2));
        boolean[] seen = new boolean[1 << 24];
        for (int number = 1; number < 1 << 24; number++) {
            int tag = SectionToken.tag(number);
            assertTrue(tag > 0);
            assertEquals(0, SectionToken.slot(tag));
            assertFalse(seen[tag >>> SectionCounters.SLOT_BITS]);
            seen[tag >>> SectionCounters.SLOT_BITS] = true;
        }
    }
}

package org.jurcu.refcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuReader;

/** The gap between an operation that left the live zone and what it does about it, held open so that others act inside it. */
@ResourceLock(RecordedWarnings.LOCK)
class RcurefRaceTest {
    private final RecordedWarnings warnings = new RecordedWarnings();

    @AfterEach
    void restore() {
        Rcuref.seam = null;
        warnings.close();
    }

    @Test
    void aGetBetweenTheStepsOfTheLastPutRevives() throws Exception {
        Rcuref refs = new Rcuref(1);
        Gap put = Gap.in(refs, Rcuref::putRcusafe);
        assertEquals(0, refs.read(), "NOREF");
        assertTrue(refs.get());
        assertFalse(put.close(), "it was not the last after all");
        assertEquals(1, refs.read());
        assertTrue(refs.putRcusafe());
        assertEquals(List.of(), warnings.kinds());
    }

    @Test
    void ofTwoThatReachNorefOneIsTold() throws Exception {
        Rcuref refs = new Rcuref(1);
        Gap first = Gap.in(refs, Rcuref::putRcusafe);
        assertTrue(refs.get());
        assertTrue(refs.putRcusafe(), "the one that revived it");
        assertFalse(first.close());
        assertFalse(refs.get());
        assertEquals(List.of(), warnings.kinds());
    }

    @Test
    void theFirstIsToldWhenItIsQuicker() throws Exception {
        Rcuref refs = new Rcuref(1);
        Gap first = Gap.in(refs, Rcuref::putRcusafe);
        assertTrue(refs.get());
        Gap second = Gap.in(refs, Rcuref::putRcusafe);
        assertTrue(first.close());
        assertFalse(second.close());
        assertEquals(List.of(), warnings.kinds());
    }

    @Test
    void anImbalancedPutBetweenTheStepsLeaksInsteadOfFreeingTwice() throws Exception {
        Rcuref refs = new Rcuref(1);
        Gap last = Gap.in(refs, Rcuref::putRcusafe);
        assertFalse(refs.putRcusafe());
        assertFalse(last.close());
        assertFalse(refs.get());
        assertEquals(List.of(RefcountWarning.RCUREF_IMBALANCED_PUT), warnings.kinds());
    }

    @Test
    void getsInFlightOnADeadCountStayRefused() throws Exception {
        Rcuref refs = new Rcuref(0);
        refs.init(1);
        assertTrue(refs.putRcusafe());
        Gap one = Gap.in(refs, Rcuref::get);
        Gap two = Gap.in(refs, Rcuref::get);
        assertFalse(refs.get());
        assertFalse(one.close());
        assertFalse(two.close());
        assertEquals("Rcuref[dead]", refs.toString());
        assertEquals(List.of(), warnings.kinds());
    }

    @Test
    void aPutThatLeadsBackBeforeTheGetLooksSavesTheCount() throws Exception {
        Rcuref refs = new Rcuref(Integer.MIN_VALUE); // MAXREF
        Gap get = Gap.in(refs, Rcuref::get);
        assertEquals("Rcuref[saturated]", refs.toString());
        assertFalse(refs.putRcusafe());
        assertTrue(get.close(), "and it looks anew, as the kernel's does");
        assertEquals(Integer.MIN_VALUE, refs.read());
        assertEquals(List.of(), warnings.kinds());
    }

    /** The other order: the late put judges by the border that it arrived at, and saturates a count that is live again. */
    @Test
    void aLatePutFromTheBorderSaturatesALiveCountInSilence() throws Exception {
        Rcuref refs = new Rcuref(Integer.MIN_VALUE); // MAXREF
        Gap oneGet = Gap.in(refs, Rcuref::get);
        Gap otherGet = Gap.in(refs, Rcuref::get);
        Gap latePut = Gap.in(refs, Rcuref::putRcusafe);
        assertFalse(refs.putRcusafe(), "leads back to MAXREF");
        assertTrue(oneGet.close());
        assertTrue(otherGet.close());
        assertEquals(Integer.MIN_VALUE, refs.read(), "each reference is counted");

        assertFalse(latePut.close());
        assertEquals(Rcuref.SATURATED + 1, refs.read(), "a leak");
        assertEquals(List.of(), warnings.kinds(), "of which nobody has been told");
        assertTrue(refs.get());
        assertEquals(List.of(RefcountWarning.RCUREF_SATURATED), warnings.kinds(), "until the next get");
    }

    /** A put too many, met between act and settling: two gets are granted the one reference that the word counts. */
    @Test
    void aPutTooManyMayCostALiveReference() throws Exception {
        Rcuref refs = new Rcuref(1);
        Gap last = Gap.in(refs, Rcuref::putRcusafe);
        Gap extra = Gap.in(refs, Rcuref::putRcusafe);
        Gap oneGet = Gap.in(refs, Rcuref::get);
        assertTrue(refs.get());
        assertTrue(oneGet.close());
        assertEquals(1, refs.read(), "two are granted");
        assertTrue(refs.putRcusafe(), "one of the two ends the object under the other");
        assertFalse(last.close());
        assertFalse(extra.close());
        assertEquals("Rcuref[dead]", refs.toString());
        assertEquals(List.of(RefcountWarning.RCUREF_IMBALANCED_PUT), warnings.kinds());
    }

    /** Why a put belongs into a section: without one, a late compare-and-set meets the next life of a recycled counter. */
    @Test
    void outsideOfASectionALatePutEndsTheNextLife() throws Exception {
        Rcuref refs = new Rcuref(1);
        Gap late = Gap.in(refs, Rcuref::putRcusafe);
        assertTrue(refs.get());
        assertTrue(refs.putRcusafe(), "the first life ends here; its grace period waits for nobody");
        refs.init(1); // the memory serves again
        Gap owner = Gap.in(refs, Rcuref::putRcusafe);
        assertTrue(late.close(), "a thread of the first life is told to free the second one");
        assertFalse(owner.close(), "and its owner is not");
    }

    @Test
    void inASectionTheNextLifeWaitsForTheLatePut() throws Exception {
        try (Rcu rcu = Rcu.create("lives");
                RcuReader reader = rcu.register()) {
            Rcuref refs = new Rcuref(1);
            AtomicBoolean recycled = new AtomicBoolean();
            Gap late = Gap.in(refs, counter -> {
                try (RcuReader own = rcu.register()) {
                    return counter.put(own);
                }
            });
            assertTrue(refs.get());
            assertTrue(refs.put(reader));
            long end = rcu.startPoll();
            rcu.call(() -> {
                refs.init(1);
                recycled.set(true);
            });
            assertFalse(rcu.synchronize(Duration.ofMillis(20)), "the put's section is open");
            assertFalse(rcu.pollState(end));
            assertFalse(recycled.get());

            assertFalse(late.close());
            rcu.barrier();
            assertTrue(recycled.get());
            assertTrue(rcu.pollState(end));
            assertTrue(refs.put(reader), "the second life is its owner's to end");
        }
    }

    @Test
    void ofManyUsersOneFrees() throws InterruptedException {
        int threads = 4;
        try (Rcu rcu = Rcu.create("many")) {
            for (int round = 0; round < 500; round++) {
                Rcuref refs = new Rcuref(1);
                AtomicInteger freed = new AtomicInteger();
                AtomicBoolean firstReference = new AtomicBoolean(true);
                Workers.run(threads, () -> {
                    try (RcuReader reader = rcu.register()) {
                        for (int i = 0; i < 20; i++) {
                            reader.lock();
                            boolean got = refs.get();
                            reader.unlock();
                            if (got) {
                                assertEquals(0, freed.get(), "nobody may free it now");
                                if (refs.put(reader)) {
                                    freed.incrementAndGet();
                                }
                            }
                            if (i == 10 && firstReference.compareAndSet(true, false) && refs.put(reader)) {
                                freed.incrementAndGet();
                            }
                        }
                    }
                });
                assertEquals(1, freed.get());
                assertFalse(refs.get());
            }
        }
        assertEquals(List.of(), warnings.kinds());
    }

    /** A thread that has acted on a counter and is held before it settles it; other threads pass freely. */
    private static final class Gap {
        private static final ThreadLocal<CountDownLatch> HOLD = new ThreadLocal<>();

        private final CountDownLatch maySettle = new CountDownLatch(1);
        private final AtomicBoolean answer = new AtomicBoolean();
        private FutureTask<Void> worker;

        static Gap in(Rcuref refs, Predicate<Rcuref> operation) throws InterruptedException {
            Gap gap = new Gap();
            CountDownLatch acted = new CountDownLatch(1);
            Rcuref.seam = counter -> {
                CountDownLatch hold = HOLD.get();
                if (counter == refs && hold != null) {
                    acted.countDown();
                    try {
                        hold.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }
            };
            gap.worker = Workers.start(() -> {
                HOLD.set(gap.maySettle);
                gap.answer.set(operation.test(refs));
            });
            acted.await();
            return gap;
        }

        /** Lets the thread go on, and returns what its operation answered. */
        boolean close() throws InterruptedException {
            maySettle.countDown();
            Workers.join(worker);
            return answer.get();
        }
    }
}

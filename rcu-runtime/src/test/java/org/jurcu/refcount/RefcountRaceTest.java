package org.jurcu.refcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gap between making a counter bad and repairing it, held open so that others act inside it. */
@ResourceLock(RecordedWarnings.LOCK)
class RefcountRaceTest {
    private static final int SAT = Refcount.SATURATED;

    private final RecordedWarnings warnings = new RecordedWarnings();

    @AfterEach
    void restore() {
        Refcount.repairSeam = null;
        warnings.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 16})
    void racingIncrementsAtMaxNeverLookLiveAgain(int threads) throws Exception {
        Refcount refs = new Refcount(Refcount.MAX);
        Gap gap = Gap.open(refs, threads, Refcount::inc);

        assertEquals(Integer.MIN_VALUE + threads - 1, refs.read(), "every add has acted, no repair yet");
        assertTrue(refs.incNotZero(), "a later reference is granted, and leaks");
        assertEquals(SAT, refs.read(), "the newcomer repairs for all of them");
        assertFalse(refs.decAndTest());
        assertEquals(SAT, refs.read());

        gap.close();
        assertEquals(SAT, refs.read());
        assertEquals(
                threads,
                Collections.frequency(warnings.kinds(), RefcountWarning.ADD_OVF),
                "each of them found a bad count");
        assertEquals(threads + 2, warnings.kinds().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 16})
    void racingDecrementsAtZeroFreeNothing(int threads) throws Exception {
        Refcount refs = new Refcount(0);
        Gap gap = Gap.open(refs, threads, r -> assertFalse(r.decAndTest()));
        assertEquals(-threads, refs.read());
        gap.close();
        assertEquals(SAT, refs.read());
        assertEquals(Collections.nCopies(threads, RefcountWarning.SUB_UAF), warnings.kinds());
    }

    /** What the race budget adds up: an operation in flight moves a saturated counter by one, and then no further. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 16})
    void eachOperationInFlightMovesASaturatedCounterByOne(int threads) throws Exception {
        Refcount refs = new Refcount(SAT);
        Gap up = Gap.open(refs, threads, Refcount::inc);
        assertEquals(SAT + threads, refs.read());
        up.close();
        assertEquals(SAT, refs.read());

        Gap down = Gap.open(refs, threads, Refcount::dec);
        assertEquals(SAT - threads, refs.read());
        assertTrue(refs.decNotOne(), "dec_not_one decrements what is not exactly SATURATED");
        assertEquals(SAT - threads - 1, refs.read(), "and repairs nothing");
        down.close();
        assertEquals(SAT, refs.read());
    }

    @Test
    void aDecrementThatPullsTheOverflowBackDoesNotSaveTheCounter() throws Exception {
        Refcount refs = new Refcount(Refcount.MAX);
        Gap gap = Gap.open(refs, 1, Refcount::inc);
        assertEquals(Integer.MIN_VALUE, refs.read());
        assertTrue(refs.decNotOne());
        assertEquals(Refcount.MAX, refs.read(), "looks live while the repair is under way");
        gap.close();
        assertEquals(SAT, refs.read(), "the repair is unconditional");
    }

    @Test
    void anIncrementFromZeroIsVisibleUntilItsRepair() throws Exception {
        Refcount refs = new Refcount(0);
        Gap gap = Gap.open(refs, 1, Refcount::inc);
        assertEquals(1, refs.read());
        assertTrue(refs.incNotZero(), "as in the kernel, which acts first too");
        assertEquals(2, refs.read());
        gap.close();
        assertEquals(SAT, refs.read());
        assertFalse(refs.decAndTest(), "the reference gained in the gap frees nothing later");
        assertEquals(List.of(RefcountWarning.ADD_UAF, RefcountWarning.SUB_UAF), warnings.kinds());
    }

    @Test
    void theReportComesAfterTheRepair() throws Exception {
        Refcount refs = new Refcount(0);
        Gap gap = Gap.open(refs, 1, Refcount::dec);
        assertEquals(List.of(), warnings.kinds());
        gap.close();
        assertEquals(List.of(new RecordedWarnings.Seen(RefcountWarning.DEC_LEAK, refs, 0)), warnings.seen());
    }

    /** Threads that have acted on a counter and are held before they repair it; other threads pass freely. */
    private static final class Gap {
        private final List<FutureTask<Void>> workers = new ArrayList<>();
        private final CountDownLatch mayRepair = new CountDownLatch(1);

        static Gap open(Refcount refs, int threads, Consumer<Refcount> operation) throws InterruptedException {
            Gap gap = new Gap();
            CountDownLatch acted = new CountDownLatch(threads);
            ThreadLocal<Boolean> held = new ThreadLocal<>();
            Refcount.repairSeam = (counter, kind, oldValue) -> {
                if (counter == refs && held.get() != null) {
                    acted.countDown();
                    awaitUninterrupted(gap.mayRepair);
                }
            };
            for (int i = 0; i < threads; i++) {
                gap.workers.add(Workers.start(() -> {
                    held.set(true);
                    operation.accept(refs);
                }));
            }
            acted.await();
            return gap;
        }

        void close() throws InterruptedException {
            mayRepair.countDown();
            for (FutureTask<Void> worker : workers) {
                Workers.join(worker);
            }
        }

        private static void awaitUninterrupted(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}

package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReclaimerTest {
    private final AtomicInteger startsToFail = new AtomicInteger();
    private final AtomicInteger startsTried = new AtomicInteger();
    private final AtomicInteger ran = new AtomicInteger();
    private final Reclaimer reclaimer = reclaimer(startsTried, startsToFail);

    private static Reclaimer reclaimer(AtomicInteger startsTried, AtomicInteger startsToFail) {
        DomainOptions options = new DomainOptions("reclaimer");
        options.setStripes(1);
        RcuReaders readers = new RcuReaders("reclaimer");
        StallDetector stalls = new StallDetector(
                System.nanoTime(),
                Long.MAX_VALUE / 4,
                new StallWatchdog("reclaimer", "Rcu", () -> 0, stall -> {}, Thread::start, 1));
        GracePeriods gracePeriods =
                new GracePeriods(readers, 0, 1, cookie -> {}, stalls, new GracePeriodRecorder("reclaimer", "Rcu"));
        return new Reclaimer(options, readers, gracePeriods, thread -> {
            startsTried.incrementAndGet();
            if (startsToFail.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                throw new OutOfMemoryError("scripted: unable to create native thread");
            }
            thread.start();
        });
    }

    @AfterEach
    void close() {
        reclaimer.close();
    }

    @Test
    void aBarrierTriesAgainUntilTheThreadStarts() {
        startsToFail.set(3);
        reclaimer.enqueue(ran::incrementAndGet); // the first to fail
        assertEquals(1, reclaimer.size());
        reclaimer.barrier();
        assertEquals(1, ran.get());
        assertEquals(4, startsTried.get());
    }

    @Test
    void aBarrierNeedsNoBatchButThatOfItsCallbacks() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch later = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        reclaimer.enqueue(() -> {
            running.countDown();
            awaitUnchecked(first);
        });
        running.await(); // its batch is closed
        TestThread<Void> barrier = TestThread.startAction(reclaimer::barrier);
        barrier.awaitParked();
        reclaimer.enqueue(() -> awaitUnchecked(later));
        first.countDown();
        barrier.result();
        assertEquals(1, reclaimer.size(), "the later one cannot have run");
        later.countDown();
        reclaimer.barrier();
        assertEquals(0, reclaimer.size());
    }

    @Test
    void aBatchIsWhatWasQueuedWhenItWasClosed() {
        CallbackQueue queue = new CallbackQueue(2);
        CallbackStripe stripe = CallbackQueue.ofCaller(queue.stripes());
        for (int i = 0; i < 5; i++) {
            assertTrue(stripe.offer(ran::incrementAndGet));
        }
        stripe.offerToOverflow(ran::incrementAndGet);
        assertEquals(6, queue.closeBatch(Long.MAX_VALUE));
        assertTrue(stripe.offer(ran::incrementAndGet));
        long[] ends = queue.ends();
        assertEquals(4, queue.run(4, RcuHead::invoke));
        assertFalse(queue.batchIsDone());
        assertEquals(2, queue.run(4, RcuHead::invoke));
        assertTrue(queue.batchIsDone());
        assertFalse(queue.hasRunUpTo(ends));
        assertEquals(0, queue.run(4, RcuHead::invoke), "the seventh belongs to the next batch");
        assertEquals(1, queue.closeBatch(Long.MAX_VALUE));
        assertEquals(1, queue.run(4, RcuHead::invoke));
        assertTrue(queue.hasRunUpTo(ends));
        assertEquals(7, ran.get());
        assertEquals(7, queue.queued());
    }

    @Test
    void aBatchIsNoLargerThanItMay() {
        CallbackQueue queue = new CallbackQueue(1);
        CallbackStripe stripe = CallbackQueue.ofCaller(queue.stripes());
        for (int i = 0; i < 3; i++) {
            assertTrue(stripe.offer(ran::incrementAndGet));
            stripe.offerToOverflow(ran::incrementAndGet);
        }
        assertEquals(4, queue.closeBatch(4));
        assertEquals(4, queue.run(100, RcuHead::invoke));
        assertEquals(2, queue.closeBatch(4));
        assertEquals(2, queue.run(100, RcuHead::invoke));
        assertFalse(queue.hasPending());
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A head that is queued again, on the same queue, whenever it has run. */
    private record Insistent(CallbackStripe stripe, boolean onOverflow, AtomicInteger runs) implements RcuHead {
        @Override
        public void invoke() {
            runs.incrementAndGet();
            if (onOverflow) {
                stripe.offerToOverflow(this);
            } else {
                assertTrue(stripe.offer(this));
            }
        }
    }

    @Test
    void noQueueStarvesAnotherWhenBatchesAreSmall() throws Exception {
        CallbackQueue queue = new CallbackQueue(2);
        CallbackStripe mine = CallbackQueue.ofCaller(queue.stripes());
        CallbackStripe other = mine;
        while (other == mine) {
            other = TestThread.start(() -> CallbackQueue.ofCaller(queue.stripes()))
                    .result();
        }
        int most = 3;
        AtomicInteger[] runs = new AtomicInteger[4];
        for (int i = 0; i < runs.length; i++) {
            runs[i] = new AtomicInteger();
            for (int n = 0; n < most; n++) {
                Insistent head = new Insistent(i < 2 ? mine : other, (i & 1) == 0, runs[i]);
                if (head.onOverflow) {
                    head.stripe.offerToOverflow(head);
                } else {
                    assertTrue(head.stripe.offer(head));
                }
            }
        }
        for (int batch = 0; batch < runs.length; batch++) {
            assertEquals(most, queue.closeBatch(most));
            assertEquals(most, queue.run(100, RcuHead::invoke));
        }
        for (AtomicInteger each : runs) {
            assertEquals(most, each.get(), "each of the four queues has had its turn");
        }
    }

    @Test
    void theHurryIsOverWithTheBatchThatNeededIt() throws Exception {
        DomainOptions options = new DomainOptions("hurried");
        options.setStripes(1);
        options.setHighWaterMark(3);
        RcuReaders readers = new RcuReaders("hurried");
        StallDetector stalls = new StallDetector(
                System.nanoTime(),
                Long.MAX_VALUE / 4,
                new StallWatchdog("hurried", "Rcu", () -> 0, stall -> {}, Thread::start, 1));
        GracePeriods gracePeriods =
                new GracePeriods(readers, 0, 1, cookie -> {}, stalls, new GracePeriodRecorder("hurried", "Rcu"));
        Reclaimer hurried = new Reclaimer(options, readers, gracePeriods);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        hurried.enqueue(() -> {
            running.countDown();
            awaitUnchecked(go);
        });
        running.await();
        for (int i = 0; i < 5; i++) {
            hurried.enqueue(ran::incrementAndGet); // a batch that begins above the mark
        }
        go.countDown();
        hurried.close();
        assertEquals(5, ran.get());
        assertTrue(hurried.backpressure().hurriedPeriods() > 0);
        assertFalse(hurried.backpressure().isHurried());
    }

    @Test
    void aBubbleIsLookedAtEverMoreRarely() {
        assertEquals(10_000, Reclaimer.bubblePark(1));
        assertEquals(20_000, Reclaimer.bubblePark(2));
        assertEquals(640_000, Reclaimer.bubblePark(7));
        for (int batches : new int[] {8, 9, 31, 64, 65, 1_000_000, Integer.MAX_VALUE}) {
            assertEquals(1_000_000, Reclaimer.bubblePark(batches));
        }
    }
}

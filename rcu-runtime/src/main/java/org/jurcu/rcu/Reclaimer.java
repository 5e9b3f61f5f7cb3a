package org.jurcu.rcu;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jctools.queues.MessagePassingQueue;

/**
 * Runs a domain's callbacks on one daemon thread: a batch waits for a grace period while the next one gathers behind it.
 * It holds no lock while callbacks run.
 *
 * <p>A batch stays in the queues until it runs; what belongs to it is a matter of indexes. So a batch of any size takes no
 * memory of its own, and between any two of its callbacks a failure loses nothing.
 */
final class Reclaimer implements OnDemandThread.Work, Backpressure.Backlog {
    /** After so many callbacks of a batch the thread looks after those who wait for it. */
    static final int CHUNK = 256;

    /** The largest batch in strict mode: the more grace periods, the more often readers come between two callbacks. */
    static final int STRICT_BATCH = 10;

    /** About what a grace period costs beside a running reader. */
    private static final long GATHER_NANOS = 2_000;

    private static final long LARGEST_BATCH = StrictMode.ON ? STRICT_BATCH : Long.MAX_VALUE;

    private final String domain;
    private final Readers readers;
    private final GracePeriods gracePeriods;
    private final CallbackQueue queue;
    private final CallbackStripe[] stripes; // those of the queue: one hop less for a caller
    private final OnDemandThread thread;
    private final Backpressure backpressure;
    private final Queue<CallbackBarrier> barriers = new ConcurrentLinkedQueue<>();
    private final MessagePassingQueue.Consumer<RcuHead> invoke = this::invoke;
    private final Predicate<CallbackBarrier> answer = this::answer;
    private final QueuedHeads queuedHeads; // in strict mode

    // Owned by the thread; successive threads are ordered by its state word. Callers read the fields above, so no batch
    // writes here but one that met a bubble, or the next one.
    private int emptyBatches; // in a row

    // Written by the thread, read by all; each on a line of its own, as a caller would wait for it at each callback.
    private final PaddedLong invoked = new PaddedLong(0);
    private final PaddedLong failures = new PaddedLong(0);
    private final PaddedLong oldest = new PaddedLong(System.nanoTime()); // what was queued before has run

    Reclaimer(DomainOptions options, Readers readers, GracePeriods gracePeriods) {
        this(options, readers, gracePeriods, Thread::start);
    }

    /** With what starts its threads, for tests of its failure. */
    Reclaimer(DomainOptions options, Readers readers, GracePeriods gracePeriods, OnDemandThread.Starter starter) {
        domain = options.name();
        this.readers = readers;
        this.gracePeriods = gracePeriods;
        queue = new CallbackQueue(options.stripes());
        stripes = queue.stripes();
        queuedHeads = new QueuedHeads(domain);
        thread = new OnDemandThread("jurcu-" + domain, options.idleNanos(), this, starter);
        backpressure = new Backpressure(options, readers, this);
        gracePeriods.hurryWhen(backpressure::isHurried);
    }

    // ---- callers ----

    void enqueue(RcuHead head) {
        if (StrictMode.ON) {
            enqueueOnce(head);
        } else {
            put(head);
        }
    }

    private void enqueueOnce(RcuHead head) {
        queuedHeads.enter(head);
        boolean queued = false;
        try {
            put(head);
            queued = true;
        } finally {
            if (!queued) {
                queuedHeads.leave(head);
            }
        }
    }

    private void put(RcuHead head) {
        CallbackStripe stripe = CallbackQueue.ofCaller(stripes);
        if (stripe.mustLook()) {
            backpressure.look(stripe);
        }
        if (!stripe.offer(head)) {
            enqueueOnOverflow(stripe, head);
        }
        thread.signal();
    }

    private void enqueueOnOverflow(CallbackStripe stripe, RcuHead head) {
        if (stripe.mustLookBeforeOverflow()) {
            backpressure.look(stripe);
        }
        stripe.offerToOverflow(head);
    }

    /** Waits until every callback that was queued before this call has run. */
    void barrier() {
        if (size() == 0) {
            return;
        }
        CallbackBarrier barrier = new CallbackBarrier(queue);
        barriers.add(barrier);
        barrier.await(thread::signal);
    }

    static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        for (; ; ) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs what is queued and ends the thread. The domain takes in nothing more by now. */
    void close() {
        backpressure.close();
        thread.close();
    }

    boolean isCurrentThread() {
        return thread.isCurrent();
    }

    @Override
    public void signal() {
        thread.signal();
    }

    @Override
    public long invoked() {
        return invoked.loadVolatile();
    }

    long failures() {
        return failures.loadVolatile();
    }

    long queued() {
        return queue.queued();
    }

    Backpressure backpressure() {
        return backpressure;
    }

    @Override
    public long size() {
        long ran = invoked(); // first: whatever runs later than this is in the sum below as well
        return queued() - ran;
    }

    /** Returns an estimate of the age of the oldest callback of a backlog, see {@link RcuStats}. */
    @Override
    public long ageNanos() {
        long since = oldest.loadVolatile();
        long called = thread.calledAt(since); // it had run everything by then
        return System.nanoTime() - (called - since > 0 ? called : since);
    }

    // ---- the thread ----

    @Override
    public boolean isPending() {
        return queue.hasPending() || !barriers.isEmpty();
    }

    @Override
    public boolean doSome() {
        Thread.interrupted(); // a callback may have set the flag, and parking needs a clear one
        long now = System.nanoTime();
        long size = queue.closeBatch(LARGEST_BATCH);
        if (size > 0) {
            CallbackBatchEvent event = FlightRecording.beginBatch();
            backpressure.beginPeriod();
            // The cookie is taken after the batch was closed, and so after whatever its callers unlinked.
            gracePeriods.await(gracePeriods.sequence().snap(), TimeLimit.NONE);
            if (event != null) {
                event.waited();
            }
            long ran = runBatch();
            if (event != null) {
                event.commitIfLong(domain, ran);
            }
            backpressure.endBatch();
            pause(ran);
        }
        if (size < LARGEST_BATCH && queue.batchIsDone()) {
            oldest.storeRelease(now); // everything that was queued before has run
        }
        answerBarriers();
        return size > 0;
    }

    /** Waits before the next batch if this one has run so few callbacks that it was hardly worth its grace period. */
    private void pause(long ran) {
        if (ran == 0) {
            LockSupport.parkNanos(this, bubblePark(++emptyBatches)); // its producer will fill it, if it lives
            return;
        }
        if (emptyBatches != 0) {
            emptyBatches = 0;
        }
        if (ran < CHUNK && !StrictMode.ON && barriers.isEmpty() && queue.hasPending()) {
            gather();
        }
    }

    /** How long to wait at a bubble that so many batches in a row have met: each costs a grace period. */
    static long bubblePark(int emptyBatches) {
        long doubled = WaitLadder.FIRST_PARK_NANOS << Math.min(emptyBatches - 1, 16);
        return Math.min(doubled, WaitLadder.LAST_PARK_NANOS);
    }

    /**
     * Lets the next batch grow for a moment. Each batch costs a grace period, and each look at a queue takes its cache line
     * from a producer; one that is slower than this thread would pay for both with every few callbacks.
     */
    @SuppressWarnings("ThreadPriorityCheck") // correct without: the producers may want this processor
    private static void gather() {
        long began = System.nanoTime();
        do {
            Thread.yield();
        } while (System.nanoTime() - began < GATHER_NANOS);
    }

    /** Runs the batch, or as much of it as is not behind a bubble; returns how many callbacks. */
    private long runBatch() {
        long sum = 0;
        int ran;
        do {
            ran = queue.run(CHUNK, invoke);
            sum += ran;
            invoked.storeVolatile(invoked.loadPlain()); // W3 Z: the count before the look for those who wait; matches Y
            backpressure.wakeBlocked();
            answerBarriers();
        } while (ran == CHUNK);
        return sum;
    }

    private boolean answer(CallbackBarrier barrier) {
        return barrier.answer(queue);
    }

    private void answerBarriers() {
        if (!barriers.isEmpty()) {
            barriers.removeIf(answer);
        }
    }

    private void invoke(RcuHead head) {
        if (StrictMode.ON) {
            queuedHeads.leave(head); // before it runs: its callback may queue it again
        }
        try {
            head.invoke();
        } catch (Throwable e) {
            failures.storeRelease(failures.loadVolatile() + 1);
            reportFailure(e);
        } finally {
            boolean leftOpen = false;
            try {
                leftOpen = readers.leaveCompletely();
            } finally { // counted whatever happens, and last: a barrier may return on the count alone
                invoked.storeRelease(invoked.loadPlain() + 1);
            }
            if (leftOpen) {
                reportLeftOpen(head);
            }
        }
    }

    /** Logs the first few failures and then ever fewer, lest the log become the next failure. */
    private void reportFailure(Throwable e) {
        long count = failures.loadVolatile();
        if (count <= 8 || Long.bitCount(count) == 1) {
            Reports.warn(
                    "A callback of domain \"" + domain + "\" threw; the callbacks behind it run on. Failures so far: "
                            + count + ".",
                    e);
        }
    }

    private void reportLeftOpen(RcuHead head) {
        Reports.warn(
                "A callback of domain \"" + domain + "\", " + head.getClass().getName() + ", " + readers.leftOpen(),
                null);
    }
}

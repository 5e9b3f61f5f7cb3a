package org.jurcu.rcu;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs a domain's callbacks on one daemon thread: a batch waits for a grace period while the next one gathers. It holds
 * no lock while callbacks run.
 */
final class Reclaimer implements OnDemandThread.Work {
    private final String domain;
    private final Readers readers;
    private final GracePeriods gracePeriods;
    private final CallbackQueue queue;
    private final OnDemandThread thread;
    private final Queue<CountDownLatch> barriers = new ConcurrentLinkedQueue<>();

    // Owned by the thread; successive threads are ordered by its state word.
    private final CallbackBatch batch = new CallbackBatch();
    private final List<CountDownLatch> takenBarriers = new ArrayList<>();
    private long lookedAt;
    private boolean tookAll;

    // Written by the thread, read by all.
    private final PaddedLong invoked = new PaddedLong(0);
    private final PaddedLong failures = new PaddedLong(0);
    private final PaddedLong oldest = new PaddedLong(System.nanoTime()); // what was queued before has run

    Reclaimer(String domain, Readers readers, GracePeriods gracePeriods, int stripes, long idleNanos) {
        this.domain = domain;
        this.readers = readers;
        this.gracePeriods = gracePeriods;
        queue = new CallbackQueue(stripes);
        thread = new OnDemandThread("jurcu-" + domain, idleNanos, this);
    }

    // ---- callers ----

    void enqueue(RcuHead head) {
        queue.offer(head);
        thread.signal();
    }

    /** Waits until every callback that was queued before this call has run. */
    void barrier() {
        if (backlog() == 0) {
            return;
        }
        CountDownLatch reached = new CountDownLatch(1);
        barriers.add(reached);
        boolean interrupted = false;
        for (; ; ) {
            thread.signal(); // each time: a thread that failed to start is tried again
            try {
                if (reached.await(OnDemandThread.RETRY_NANOS, TimeUnit.NANOSECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
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
        thread.close();
    }

    boolean isCurrentThread() {
        return thread.isCurrent();
    }

    long invoked() {
        return invoked.loadVolatile();
    }

    long failures() {
        return failures.loadVolatile();
    }

    long queued() {
        return queue.queued();
    }

    /** Returns how many callbacks have not run; 0 only if that was so at one moment of this call. */
    long backlog() {
        long done = invoked(); // first: whatever runs later than this is in the sum below as well
        return queued() - done;
    }

    /** Returns an estimate of the age of the oldest callback of a backlog, see {@link RcuStats}. */
    long backlogAgeNanos() {
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
        if (batch.isEmpty()) { // or else the last attempt failed half-way
            look();
        }
        if (!batch.isEmpty()) {
            // The cookie is taken after the batch left its queue, and so after whatever its callers unlinked.
            gracePeriods.await(gracePeriods.sequence().snap(), TimeLimit.NONE);
            while (!batch.isEmpty()) {
                invoke(batch.detachNext());
            }
            batch.recycle();
        } else if (!tookAll) {
            LockSupport.parkNanos(this, WaitLadder.FIRST_PARK_NANOS); // a bubble, which its producer will fill
        } else {
            finishLook();
            return false;
        }
        if (tookAll) {
            finishLook();
        }
        return true;
    }

    /** Gathers the next batch, and the barriers that it will satisfy unless a bubble hides part of it. */
    private void look() {
        Thread.interrupted(); // a callback may have set the flag, and parking needs a clear one
        lookedAt = System.nanoTime();
        for (CountDownLatch barrier = barriers.peek(); barrier != null; barrier = barriers.peek()) {
            takenBarriers.add(barrier); // before it leaves the queue, so that a failure loses nothing
            barriers.remove();
        }
        tookAll = false;
        tookAll = queue.drainTo(batch);
    }

    /** Everything that was queued before the last look has run. */
    private void finishLook() {
        oldest.storeRelease(lookedAt);
        for (int i = 0; i < takenBarriers.size(); i++) { // by index: an iterator a round would be garbage
            takenBarriers.get(i).countDown();
        }
        takenBarriers.clear();
    }

    private void invoke(RcuHead head) {
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
                invoked.storeRelease(invoked.loadVolatile() + 1);
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

package org.jurcu.rcu;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs a domain's callbacks on one daemon thread: a batch waits for a grace period while the next one gathers.
 *
 * <p>The thread starts with the first work, ends after an idle time or when the domain closes, and starts again when
 * work comes. It holds no lock while callbacks run. It also drives the grace periods that polling callers asked for.
 */
final class Reclaimer implements Runnable {
    private final String domain;
    private final Readers readers;
    private final GracePeriods gracePeriods;
    private final CallbackQueue queue;
    private final long idleNanos;
    private final ReclaimerState state = new ReclaimerState();
    private final Queue<CountDownLatch> barriers = new ConcurrentLinkedQueue<>();
    private final PaddedLong wantedCookie; // the latest that startPoll() gave out
    private volatile Thread thread;
    private volatile boolean closing;

    // Owned by the thread; successive threads are ordered by the state word. The padded ones are read by others.
    private final CallbackBatch batch = new CallbackBatch();
    private final List<CountDownLatch> takenBarriers = new ArrayList<>();
    private final PaddedLong invoked = new PaddedLong(0);
    private final PaddedLong failures = new PaddedLong(0);
    private final PaddedLong oldest = new PaddedLong(0); // no callback that has not run is older than this nanoTime
    private long lookedAt;
    private boolean tookAll;

    Reclaimer(String domain, Readers readers, GracePeriods gracePeriods, int stripes, long idleNanos) {
        this.domain = domain;
        this.readers = readers;
        this.gracePeriods = gracePeriods;
        this.idleNanos = idleNanos;
        queue = new CallbackQueue(stripes);
        wantedCookie = new PaddedLong(gracePeriods.sequence().loadVolatile());
    }

    // ---- callers ----

    void enqueue(RcuHead head) {
        queue.offer(head);
        signal();
    }

    /** Asks for the grace period of {@code cookie}, without waiting for it. */
    void wantGracePeriod(long cookie) {
        for (; ; ) {
            long wanted = wantedCookie.loadVolatile();
            if (wanted - cookie >= 0 || wantedCookie.casVolatile(wanted, cookie)) {
                signal();
                return;
            }
        }
    }

    /** Waits until every callback that was queued before this call has run. */
    void barrier() {
        if (backlog() == 0) {
            return;
        }
        CountDownLatch reached = new CountDownLatch(1);
        barriers.add(reached);
        signal();
        awaitUninterruptibly(reached);
    }

    /** Runs what is queued, ends the thread and waits for that. The domain takes in nothing more by now. */
    void close() {
        closing = true;
        boolean interrupted = false;
        if (workPending() || state.loadVolatile() != ReclaimerState.NONE) {
            signal();
        }
        while (state.loadVolatile() != ReclaimerState.NONE) {
            Thread present = thread;
            if (present == null) { // its starter has not stored it yet
                Thread.onSpinWait();
                continue;
            }
            try {
                present.join();
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

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
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
        long done = invoked.loadVolatile(); // first: what runs later than this is in the sum below as well
        return queue.queued() - done;
    }

    /** Returns an upper bound for the age of the oldest callback that has not run. */
    long backlogAgeNanos(long backlog) {
        if (backlog == 0) {
            return 0;
        }
        long since = oldest.loadVolatile();
        long called = state.loadVolatile();
        if (ReclaimerState.isRunning(called) && called - since > 0) {
            since = called; // the thread was called after it had run everything
        }
        return Math.max(0, System.nanoTime() - since);
    }

    /** Makes sure that the thread will look at everything that was queued before this call. */
    private void signal() {
        if (!ReclaimerState.isRunning(state.loadVolatile())) {
            callThread();
        }
    }

    private void callThread() {
        long now = ReclaimerState.runningSince(System.nanoTime());
        for (; ; ) {
            long present = state.loadVolatile();
            if (ReclaimerState.isRunning(present)) {
                return;
            }
            if (state.casVolatile(present, now)) {
                if (present == ReclaimerState.PARKED) {
                    LockSupport.unpark(thread);
                } else {
                    startThread();
                }
                return;
            }
        }
    }

    private void startThread() {
        boolean started = false;
        try {
            Thread fresh = new Thread(null, this, "jurcu-" + domain, 0, false);
            fresh.setDaemon(true);
            fresh.setContextClassLoader(null);
            thread = fresh;
            fresh.start();
            started = true;
        } finally {
            if (!started) {
                state.storeVolatile(ReclaimerState.NONE); // the next caller tries again
            }
        }
    }

    // ---- the thread ----

    @Override
    public void run() {
        oldest.storeVolatile(state.loadVolatile());
        for (; ; ) {
            try {
                if (!runOnce()) {
                    return;
                }
            } catch (Throwable e) { // no memory, say: what is queued stays queued
                Reports.warn("The reclaimer of domain \"" + domain + "\" failed and will try again.", e);
                LockSupport.parkNanos(this, WaitLadder.LAST_PARK_NANOS);
            }
        }
    }

    private boolean runOnce() {
        if (batch.isEmpty()) {
            look();
        }
        long wanted = wantedCookie.loadVolatile();
        boolean periodWanted = !gracePeriods.sequence().isDone(wanted);
        if (batch.isEmpty() && !periodWanted) {
            if (tookAll) {
                finishLook();
                return idle();
            }
            LockSupport.parkNanos(this, WaitLadder.FIRST_PARK_NANOS); // a bubble: its producer will fill it
            return true;
        }
        // The cookie is taken after the batch left the queue, and so after whatever its callers unlinked.
        long cookie = batch.isEmpty() ? wanted : gracePeriods.sequence().snap();
        gracePeriods.await(cookie, TimeLimit.NONE);
        while (!batch.isEmpty()) {
            invoke(batch.detachNext());
        }
        batch.recycle();
        if (tookAll) {
            finishLook();
        }
        return true;
    }

    /** Gathers the next batch, and the barriers that it will satisfy if no bubble hides part of it. */
    private void look() {
        lookedAt = System.nanoTime();
        for (CountDownLatch barrier = barriers.poll(); barrier != null; barrier = barriers.poll()) {
            takenBarriers.add(barrier);
        }
        tookAll = queue.drainTo(batch);
    }

    /** Everything that was queued before the last look has run. */
    private void finishLook() {
        oldest.storeVolatile(lookedAt);
        for (CountDownLatch barrier : takenBarriers) {
            barrier.countDown();
        }
        takenBarriers.clear();
    }

    private void invoke(RcuHead head) {
        try {
            head.invoke();
        } catch (Throwable e) {
            failures.storeRelease(failures.loadVolatile() + 1);
            reportFailure(e);
        }
        if (readers.leaveCompletely()) {
            Reports.warn(
                    "A callback of domain \"" + domain + "\" ("
                            + head.getClass().getName()
                            + ") left a read-side section open: the section was ended. Unlock in a finally block.",
                    null);
        }
        invoked.storeRelease(invoked.loadVolatile() + 1);
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

    /** Parks until work comes; returns false if the thread shall end. */
    private boolean idle() {
        state.storeVolatile(ReclaimerState.PARKED);
        if (workPending()) {
            state.casVolatile(ReclaimerState.PARKED, ReclaimerState.runningSince(lookedAt)); // or a caller has done so
            return true;
        }
        long began = System.nanoTime();
        for (; ; ) {
            long present = state.loadVolatile();
            if (ReclaimerState.isRunning(present)) {
                oldest.storeVolatile(present);
                return true;
            }
            long remaining = idleNanos - (System.nanoTime() - began);
            if (closing || remaining <= 0) {
                if (state.casVolatile(ReclaimerState.PARKED, ReclaimerState.NONE)) {
                    return false; // from here on the next thread may run
                }
            } else {
                LockSupport.parkNanos(this, remaining);
                Thread.interrupted(); // nobody has a reason to interrupt this thread, and parking needs a clear flag
            }
        }
    }

    private boolean workPending() {
        return queue.hasPending()
                || !barriers.isEmpty()
                || !gracePeriods.sequence().isDone(wantedCookie.loadVolatile());
    }
}

package org.jurcu.rcu;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps a domain's backlog in bounds: hurries its grace periods above the high-water mark, and does above the limit what
 * the policy says.
 *
 * <p>A producer looks at the backlog only once every few calls, see {@link #step}; in between it compares its queue's index
 * with the one from which on it must look. The sums are in docs/callbacks.md, the lines L1 to W4 as well.
 */
final class Backpressure {
    /** The callbacks that are counted and aged, and the thread that runs them. */
    interface Backlog {
        /** Returns how many have not run; 0 only if that was so at one moment of this call. */
        long size();

        long ageNanos();

        /** Returns how many have run. */
        long invoked();

        /** Makes sure that the thread is there. */
        void signal();
    }

    private final String domain;
    private final Readers readers;
    private final Backlog backlog;
    private final BackpressurePolicy policy;
    private final long highWaterMark;
    private final long highWaterAgeNanos;
    private final long limit;
    private final long patienceNanos;
    private final int step;

    private final PaddedLong hurried = new PaddedLong(0); // 1: the present grace period is in a hurry
    private final AtomicLong hurriedPeriods = new AtomicLong();
    private final AtomicLong blockedCalls = new AtomicLong();
    private final AtomicLong rejectedCalls = new AtomicLong();
    private final Queue<Thread> blocked = new ConcurrentLinkedQueue<>();
    private volatile boolean closing;

    Backpressure(DomainOptions options, Readers readers, Backlog backlog) {
        domain = options.name();
        this.readers = readers;
        this.backlog = backlog;
        policy = options.backpressure();
        highWaterMark = options.highWaterMark();
        highWaterAgeNanos = options.highWaterAgeNanos();
        limit = options.limit();
        patienceNanos = options.patienceNanos();
        step = step(Math.min(highWaterMark, limit), options.stripes());
    }

    /**
     * Returns how many callbacks a stripe's ring, and as many again its overflow, may take in between two looks at the
     * backlog: a sixteenth of the mark, shared by the stripes; but no fewer than four a stripe to be added up, so that
     * looking costs a call a fourth of a cache line at most.
     */
    static int step(long mark, int stripes) {
        return (int) Math.max(4 * (stripes - 1) + 1, mark / (16L * stripes));
    }

    /**
     * Returns the most callbacks that policies other than EXPEDITE let queue up, when {@code callers} threads call at once
     * and none of them is let through.
     */
    static long mostQueued(long limit, long highWaterMark, int stripes, int callers) {
        return limit - 1 + 2L * stripes * step(Math.min(highWaterMark, limit), stripes) + callers;
    }

    // ---- producers ----

    /** Looks at the backlog before the caller queues on {@code stripe}; returns when it may. */
    void look(CallbackStripe stripe) {
        long ring = stripe.ringIndex(); // L1: first, so that the backlog includes all below it
        long overflow = stripe.overflowIndex();
        long size = backlog.size(); // L2
        if (size > highWaterMark) {
            hurry();
        }
        if (size < limit || policy == BackpressurePolicy.EXPEDITE) {
            stripe.lookAgainAt(ring + step, overflow + step); // L3
        } else if (policy == BackpressurePolicy.REJECT) {
            reject(size);
        } else if (!readers.callerHoldsUp() && !DomainThread.isCurrent()) {
            block(size);
        }
    }

    private void reject(long size) {
        rejectedCalls.incrementAndGet();
        record(size);
        throw new RejectedExecutionException(
                "Domain \"" + domain + "\" has " + size + " callbacks queued, and its limit is " + limit
                        + ": call again when fewer are, or use synchronize().");
    }

    private void block(long size) {
        blockedCalls.incrementAndGet();
        record(size);
        Thread me = Thread.currentThread();
        boolean interrupted = false;
        long invoked = backlog.invoked();
        long since = System.nanoTime();
        blocked.add(me); // W1 Y: the note before the look at the backlog; matches Z
        try {
            while (!closing && backlog.size() >= limit) { // W2
                backlog.signal(); // each time: a thread that failed to start is tried again
                interrupted |= Thread.interrupted();
                LockSupport.parkNanos(this, Math.min(patienceNanos, OnDemandThread.RETRY_NANOS));
                long now = System.nanoTime();
                long present = backlog.invoked();
                if (present != invoked) {
                    invoked = present;
                    since = now;
                } else if (now - since >= patienceNanos) {
                    break; // it may hold what the callbacks want
                }
            }
        } finally {
            blocked.remove(me);
            if (interrupted) {
                me.interrupt();
            }
        }
        if (closing) {
            throw Misuse.closed(domain);
        }
    }

    private void record(long size) {
        FlightRecording.backpressure(domain, policy.name(), size, backlog.ageNanos());
    }

    /** Sends blocked callers away. */
    void close() {
        closing = true;
        unparkAll();
    }

    // ---- the reclaimer ----

    /** Another grace period is about to begin for what is queued. */
    void beginPeriod() {
        if (hurried.loadVolatile() != 0) {
            hurried.storeVolatile(0); // before the look: a producer that finds 1 has been counted by it
        }
        if (StrictMode.ON || backlog.size() > highWaterMark) {
            hurry();
        }
    }

    /** A batch has run. The next one looks again; but until it comes, others may lead grace periods, and in no hurry. */
    void endBatch() {
        if (hurried.loadVolatile() != 0 && backlog.size() <= highWaterMark) {
            hurried.storeVolatile(0);
        }
    }

    /** Some callbacks have run; they are counted, by a volatile store. */
    void wakeBlocked() {
        if (!blocked.isEmpty() && backlog.size() < limit) { // W4
            unparkAll();
        }
    }

    private void unparkAll() {
        for (Thread thread : blocked) {
            LockSupport.unpark(thread);
        }
    }

    // ---- the leader of a grace period ----

    /** Returns whether the leader should look more often; it asks between two looks, when it would park. */
    boolean isHurried() {
        if (hurried.loadVolatile() != 0) {
            return true;
        }
        if (backlog.ageNanos() <= highWaterAgeNanos || backlog.size() == 0) {
            return false;
        }
        hurry();
        return true;
    }

    private void hurry() {
        if (hurried.loadVolatile() == 0 && hurried.casVolatile(0, 1)) {
            hurriedPeriods.incrementAndGet();
        }
    }

    // ---- statistics ----

    long hurriedPeriods() {
        return hurriedPeriods.get();
    }

    long blockedCalls() {
        return blockedCalls.get();
    }

    long rejectedCalls() {
        return rejectedCalls.get();
    }
}

package org.jurcu.stress.races;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jurcu.rcu.RcuHead;

/**
 * A frozen copy of the callbacks' bookkeeping, for two threads with a stripe each: indexes, a count of what has run, and a
 * barrier that compares them. Nobody reads, so there is no grace period; whoever waits runs the callbacks itself, stripe after
 * stripe.
 *
 * <p>It is complete and correct as it stands. Twins override {@link #nothingIsOutstanding}.
 */
class FrozenCallbacks extends FrozenEpochs {
    private static final int STRIPES = 2;
    private static final int PAUSES = 8;

    private final AtomicLong[] queued = {new AtomicLong(), new AtomicLong()};
    private final AtomicLong[] invoked = {new AtomicLong(), new AtomicLong()};
    private final AtomicLong sum = new AtomicLong(); // of all that has run
    private final ReentrantLock running = new ReentrantLock();
    private final Queue<RcuHead> first = new ConcurrentLinkedQueue<>();
    private final Queue<RcuHead> second = new ConcurrentLinkedQueue<>();

    @Override
    public void call(RcuHead head) {
        int stripe = ((BarrierAgainstCall.Counted) head).stripe;
        queued[stripe].incrementAndGet();
        heads(stripe).add(head);
    }

    @Override
    public void barrier() {
        if (nothingIsOutstanding()) {
            return;
        }
        running.lock();
        try {
            for (int stripe = 0; stripe < STRIPES; stripe++) {
                run(stripe);
                dwell(); // as a reclaimer that looks after others in between
            }
        } finally {
            running.unlock();
        }
    }

    private void run(int stripe) {
        long end = queued[stripe].get();
        while (invoked[stripe].get() < end) {
            RcuHead head = heads(stripe).poll();
            if (head == null) {
                Thread.onSpinWait(); // counted, and about to be queued
            } else {
                head.invoke();
                invoked[stripe].incrementAndGet();
                sum.incrementAndGet();
            }
        }
    }

    /** What has run first: whatever runs later is in the second sum as well. */
    boolean nothingIsOutstanding() {
        long ran = invoked();
        dwell();
        return queued() == ran;
    }

    /** Some microseconds, so that the other thread's call and callback fit between two steps of this one. */
    static void dwell() {
        for (int i = 0; i < PAUSES; i++) {
            Meeting.pause();
        }
    }

    final long queued() {
        return queued(0) + queued(1);
    }

    final long queued(int stripe) {
        return queued[stripe].get();
    }

    final long invoked() {
        return sum.get();
    }

    final long invoked(int stripe) {
        return invoked[stripe].get();
    }

    private Queue<RcuHead> heads(int stripe) {
        return stripe == 0 ? first : second;
    }
}

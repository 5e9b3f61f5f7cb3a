package org.jurcu.rcu;

/** The callbacks that wait for the reclaimer, striped so that producers rarely meet. */
final class CallbackQueue {
    private final CallbackStripe[] stripes;
    private final int mask;

    CallbackQueue(int stripeCount) {
        if (Integer.bitCount(stripeCount) != 1) {
            throw new IllegalArgumentException("The number of stripes must be a power of two, not " + stripeCount);
        }
        stripes = new CallbackStripe[stripeCount];
        for (int i = 0; i < stripeCount; i++) {
            stripes[i] = new CallbackStripe();
        }
        mask = stripeCount - 1;
    }

    /** Queues on the stripe of the calling thread: one thread's callbacks stay together, wherever it runs. */
    void offer(RcuHead head) {
        long id = Thread.currentThread().getId();
        int hash = (int) ((id * 0x9E37_79B9_7F4A_7C15L) >>> 32);
        stripes[hash & mask].offer(head);
    }

    /** Moves to {@code batch} what was queued before the call; returns false if a bubble hid some of it. */
    boolean drainTo(CallbackBatch batch) {
        boolean whole = true;
        for (CallbackStripe stripe : stripes) {
            whole &= stripe.drainTo(batch);
        }
        return whole;
    }

    boolean hasPending() {
        for (CallbackStripe stripe : stripes) {
            if (stripe.hasPending()) {
                return true;
            }
        }
        return false;
    }

    long queued() {
        long sum = 0;
        for (CallbackStripe stripe : stripes) {
            sum += stripe.queued();
        }
        return sum;
    }
}

package org.jurcu.rcu;

import org.jctools.queues.MessagePassingQueue;

/** The callbacks that wait for the reclaimer, striped so that producers rarely meet. */
final class CallbackQueue {
    private final CallbackStripe[] stripes;

    // Owned by the reclaimer: whose turn it is to be first in a batch, of two queues a stripe.
    private int turn;

    CallbackQueue(int stripeCount) {
        if (Integer.bitCount(stripeCount) != 1) {
            throw new IllegalArgumentException("The number of stripes must be a power of two, not " + stripeCount);
        }
        stripes = new CallbackStripe[stripeCount];
        for (int i = 0; i < stripeCount; i++) {
            stripes[i] = new CallbackStripe();
        }
    }

    /** Returns the stripes themselves, for {@link #ofCaller}. */
    CallbackStripe[] stripes() {
        return stripes;
    }

    /**
     * Returns the calling thread's of those stripes: one thread's callbacks stay together, wherever it runs. It takes the
     * bare array, as each hop between objects costs a caller as much as a tenth of its way.
     */
    static CallbackStripe ofCaller(CallbackStripe[] stripes) {
        long id = ThreadIds.spread(Thread.currentThread()); // getId() may be overridden
        int hash = (int) ((id * 0x9E37_79B9_7F4A_7C15L) >>> 32);
        return stripes[hash & stripes.length - 1];
    }

    /**
     * Lets the batch be what was queued before this call, {@code most} at most; returns how many that are. Each queue has
     * its turn to be asked first: else one that never runs empty could leave no room for the others.
     */
    long closeBatch(long most) {
        boolean overflowFirst = (turn & stripes.length) != 0; // in every other round
        long size = 0;
        for (int i = 0; i < stripes.length; i++) {
            size += stripes[(turn + i) & stripes.length - 1].closeBatch(most - size, overflowFirst);
        }
        if (size == most) { // somebody may have had no room
            turn++;
        }
        return size;
    }

    /** Hands out callbacks of the batch, {@code most} at most; returns how many. */
    int run(int most, MessagePassingQueue.Consumer<RcuHead> consumer) {
        int ran = 0;
        for (CallbackStripe stripe : stripes) {
            ran += stripe.run(most - ran, consumer);
        }
        return ran;
    }

    /** Returns whether the whole batch has been handed out. */
    boolean batchIsDone() {
        for (CallbackStripe stripe : stripes) {
            if (!stripe.batchIsDone()) {
                return false;
            }
        }
        return true;
    }

    /** Returns where the queues end now; by any thread. */
    long[] ends() {
        long[] ends = new long[2 * stripes.length];
        for (int i = 0; i < stripes.length; i++) {
            stripes[i].noteEnds(ends, 2 * i);
        }
        return ends;
    }

    /** Returns whether all that was queued before {@code ends} were noted has run; between two callbacks. */
    boolean hasRunUpTo(long[] ends) {
        for (int i = 0; i < stripes.length; i++) {
            if (!stripes[i].hasRunUpTo(ends, 2 * i)) {
                return false;
            }
        }
        return true;
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

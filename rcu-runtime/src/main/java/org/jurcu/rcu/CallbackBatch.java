package org.jurcu.rcu;

import java.util.Arrays;

/** Callbacks that wait for the same grace period, in the order in which they will run. Owned by the reclaimer. */
final class CallbackBatch {
    private static final int FIRST_CAPACITY = 1024;
    /** An array that a burst made larger than this is given back when the burst is over. */
    private static final int LARGEST_KEPT = 1 << 16;

    private RcuHead[] heads = new RcuHead[FIRST_CAPACITY];
    private int next;
    private int end;

    /** Makes room for one more; to be called before that one leaves its queue, so that a failure loses nothing. */
    void reserve() {
        if (end == heads.length) {
            heads = Arrays.copyOf(heads, Math.multiplyExact(end, 2));
        }
    }

    void add(RcuHead head) {
        heads[end++] = head;
    }

    boolean isEmpty() {
        return next == end;
    }

    /** Detaches the next callback, so that it may queue itself again and is not kept alive. */
    RcuHead detachNext() {
        RcuHead head = heads[next];
        heads[next++] = null;
        return head;
    }

    /** Starts anew when all callbacks are detached. */
    void recycle() {
        if (heads.length > LARGEST_KEPT && end < heads.length / 4) {
            heads = new RcuHead[LARGEST_KEPT];
        }
        next = 0;
        end = 0;
    }
}

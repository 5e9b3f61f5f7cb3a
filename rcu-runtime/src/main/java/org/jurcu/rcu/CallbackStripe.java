package org.jurcu.rcu;

import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.varhandle.MpscGrowableVarHandleArrayQueue;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;

/**
 * One of the queues that producers share: a ring that grows up to a bound and then is reused without allocating, and an
 * unbounded queue for what exceeds it, so that nothing is ever refused.
 *
 * <p>Many threads offer, one drains. An index goes up, by a volatile compare-and-set, before its element is stored;
 * between the two the element is a bubble, at which draining stops. While a ring grows its index is odd, and the
 * element being queued is not counted yet; {@link #hasPending} compares the raw indexes and sees it all the same.
 */
final class CallbackStripe {
    private static final int FIRST_CAPACITY = 256;
    static final int RING_LIMIT = 1 << 16;
    private static final int OVERFLOW_CHUNK = 1024;

    private final MpscGrowableVarHandleArrayQueue<RcuHead> ring =
            new MpscGrowableVarHandleArrayQueue<>(FIRST_CAPACITY, RING_LIMIT);
    private final MpscUnboundedVarHandleArrayQueue<RcuHead> overflow =
            new MpscUnboundedVarHandleArrayQueue<>(OVERFLOW_CHUNK);

    void offer(RcuHead head) {
        if (!ring.offer(head)) {
            overflow.offer(head);
        }
    }

    /** Moves to {@code batch} what was queued before the call; returns false if a bubble hid some of it. */
    boolean drainTo(CallbackBatch batch) {
        long ringEnd = ring.currentProducerIndex();
        long overflowEnd = overflow.currentProducerIndex();
        drain(ring, ringEnd - ring.currentConsumerIndex(), batch);
        drain(overflow, overflowEnd - overflow.currentConsumerIndex(), batch);
        return ring.currentConsumerIndex() >= ringEnd && overflow.currentConsumerIndex() >= overflowEnd;
    }

    private static void drain(MessagePassingQueue<RcuHead> queue, long count, CallbackBatch batch) {
        for (long i = 0; i < count; i++) {
            batch.reserve();
            RcuHead head = queue.relaxedPoll();
            if (head == null) {
                return;
            }
            batch.add(head);
        }
    }

    boolean hasPending() {
        return ring.lvProducerIndex() != ring.lvConsumerIndex()
                || overflow.lvProducerIndex() != overflow.lvConsumerIndex();
    }

    /** Returns how many callbacks were ever queued. */
    long queued() {
        return ring.currentProducerIndex() + overflow.currentProducerIndex();
    }
}

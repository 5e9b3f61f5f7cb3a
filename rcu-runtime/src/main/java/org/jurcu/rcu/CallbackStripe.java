package org.jurcu.rcu;

import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.varhandle.MpscGrowableVarHandleArrayQueue;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;

/**
 * One of the queues that producers share: a ring that grows up to a bound and then is reused without allocating, and an
 * unbounded queue for what exceeds it, so that nothing is ever refused for want of room.
 *
 * <p>Many threads offer, the reclaimer takes out. An index goes up, by a volatile compare-and-set, before its element is
 * stored; between the two the element is a bubble, and those behind it wait. While a ring grows its index is odd, and the
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

    // From which index on producers look at the backlog before they queue; see Backpressure.
    private final PaddedLong ringLookAt = new PaddedLong(0);
    private final PaddedLong overflowLookAt = new PaddedLong(0);

    // Owned by the reclaimer: where the present batch ends.
    private long ringEnd;
    private long overflowEnd;

    // ---- producers ----

    /** Returns false if the ring is full, and the overflow must take it. */
    boolean offer(RcuHead head) {
        return ring.offer(head);
    }

    void offerToOverflow(RcuHead head) {
        overflow.offer(head);
    }

    boolean mustLook() {
        return ring.currentProducerIndex() >= ringLookAt.loadVolatile();
    }

    boolean mustLookBeforeOverflow() {
        return overflow.currentProducerIndex() >= overflowLookAt.loadVolatile();
    }

    long ringIndex() {
        return ring.currentProducerIndex();
    }

    long overflowIndex() {
        return overflow.currentProducerIndex();
    }

    /** A racing store may set an older index again: then the next producer looks sooner. */
    void lookAgainAt(long ringIndex, long overflowIndex) {
        ringLookAt.storeRelease(ringIndex);
        overflowLookAt.storeRelease(overflowIndex);
    }

    // ---- the reclaimer ----

    /**
     * Lets the batch be what was queued before this call, {@code most} at most; returns how many that are. If there is not
     * room for all, {@code overflowFirst} says which queue comes first.
     */
    long closeBatch(long most, boolean overflowFirst) {
        long ringBegin = ring.currentConsumerIndex();
        long overflowBegin = overflow.currentConsumerIndex();
        long inRing = ring.currentProducerIndex() - ringBegin;
        long inOverflow = overflow.currentProducerIndex() - overflowBegin;
        long fromOverflow = Math.min(inOverflow, overflowFirst ? most : most - Math.min(most, inRing));
        long fromRing = Math.min(inRing, most - fromOverflow);
        ringEnd = ringBegin + fromRing;
        overflowEnd = overflowBegin + fromOverflow;
        return fromRing + fromOverflow;
    }

    /**
     * Hands out callbacks of the batch, {@code most} at most, each after it has left its queue; returns how many. It is
     * fewer if the batch ends, or at a bubble.
     */
    int run(int most, MessagePassingQueue.Consumer<RcuHead> consumer) {
        int ran = run(ring, Math.min(most, ringEnd - ring.currentConsumerIndex()), consumer);
        return ran + run(overflow, Math.min(most - ran, overflowEnd - overflow.currentConsumerIndex()), consumer);
    }

    private static int run(
            MessagePassingQueue<RcuHead> queue, long count, MessagePassingQueue.Consumer<RcuHead> consumer) {
        int ran = 0;
        while (ran < count) {
            RcuHead head = queue.relaxedPoll();
            if (head == null) {
                break;
            }
            ran++;
            consumer.accept(head);
        }
        return ran;
    }

    /** Returns whether the whole batch has been handed out. */
    boolean batchIsDone() {
        return ring.currentConsumerIndex() >= ringEnd && overflow.currentConsumerIndex() >= overflowEnd;
    }

    /** Writes where its two queues end to {@code ends}, from {@code at} on; by any thread. */
    void noteEnds(long[] ends, int at) {
        ends[at] = ring.currentProducerIndex();
        ends[at + 1] = overflow.currentProducerIndex();
    }

    /** Returns whether all has been handed out that was queued before the ends were noted. */
    boolean hasRunUpTo(long[] ends, int at) {
        return ring.currentConsumerIndex() >= ends[at] && overflow.currentConsumerIndex() >= ends[at + 1];
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

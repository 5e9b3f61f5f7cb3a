package org.jurcu.rcu;

import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.varhandle.MpscGrowableVarHandleArrayQueue;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;

/**
 * One of the queues that producers share: a ring that grows up to a bound and then is reused without allocating, and an
 * unbounded queue for what exceeds it, so that nothing is ever refused for want of room. It is its own ring, as each hop from
 * object to object costs a caller two nanoseconds.
 *
 * <p>Many threads offer, the reclaimer takes out. An index goes up, by a volatile compare-and-set, before its element is
 * stored; between the two the element is a bubble, and those behind it wait. While a ring grows its index is odd, and the
 * element being queued is not counted yet; {@link #hasPending} compares the raw indexes and sees it all the same.
 */
final class CallbackStripe extends MpscGrowableVarHandleArrayQueue<RcuHead> {
    private static final int FIRST_CAPACITY = 256;
    static final int RING_LIMIT = 1 << 16;
    private static final int OVERFLOW_CHUNK = 1024;

    private final MpscUnboundedVarHandleArrayQueue<RcuHead> overflow =
            new MpscUnboundedVarHandleArrayQueue<>(OVERFLOW_CHUNK);

    // From which index on producers look at the backlog before they queue; see Backpressure. Written once in many
    // calls.
    // Compared with the raw index, which goes up by two: halving it would cost each call a nanosecond.
    private volatile long ringLookAt;
    private volatile long overflowLookAt;

    // Owned by the reclaimer: where the present batch ends. Not beside what a producer reads for each call.
    private final PaddedLong ringEnd = new PaddedLong(0);
    private final PaddedLong overflowEnd = new PaddedLong(0);

    CallbackStripe() {
        super(FIRST_CAPACITY, RING_LIMIT);
    }

    // ---- producers; offer(head) is the ring's own: if it returns false the ring is full, and the overflow must take
    // it ----

    void offerToOverflow(RcuHead head) {
        overflow.offer(head);
    }

    boolean mustLook() {
        return lvProducerIndex() >= ringLookAt;
    }

    boolean mustLookBeforeOverflow() {
        return overflow.lvProducerIndex() >= overflowLookAt;
    }

    long ringIndex() {
        return currentProducerIndex();
    }

    long overflowIndex() {
        return overflow.currentProducerIndex();
    }

    /** A racing store may set an older index again: then the next producer looks sooner. */
    void lookAgainAt(long ringIndex, long overflowIndex) {
        ringLookAt = 2 * ringIndex;
        overflowLookAt = 2 * overflowIndex;
    }

    // ---- the reclaimer ----

    /**
     * Lets the batch be what was queued before this call, {@code most} at most; returns how many that are. If there is not
     * room for all, {@code overflowFirst} says which queue comes first.
     */
    long closeBatch(long most, boolean overflowFirst) {
        long ringBegin = currentConsumerIndex();
        long overflowBegin = overflow.currentConsumerIndex();
        long inRing = currentProducerIndex() - ringBegin;
        long inOverflow = overflow.currentProducerIndex() - overflowBegin;
        long fromOverflow = Math.min(inOverflow, overflowFirst ? most : most - Math.min(most, inRing));
        long fromRing = Math.min(inRing, most - fromOverflow);
        ringEnd.storePlain(ringBegin + fromRing);
        overflowEnd.storePlain(overflowBegin + fromOverflow);
        return fromRing + fromOverflow;
    }

    /**
     * Hands out callbacks of the batch, {@code most} at most, each after it has left its queue; returns how many. It is
     * fewer if the batch ends, or at a bubble.
     */
    int run(int most, MessagePassingQueue.Consumer<RcuHead> consumer) {
        int ran = run(this, Math.min(most, ringEnd.loadPlain() - currentConsumerIndex()), consumer);
        return ran
                + run(
                        overflow,
                        Math.min(most - ran, overflowEnd.loadPlain() - overflow.currentConsumerIndex()),
                        consumer);
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
        return currentConsumerIndex() >= ringEnd.loadPlain()
                && overflow.currentConsumerIndex() >= overflowEnd.loadPlain();
    }

    /** Writes where its two queues end to {@code ends}, from {@code at} on; by any thread. */
    void noteEnds(long[] ends, int at) {
        ends[at] = currentProducerIndex();
        ends[at + 1] = overflow.currentProducerIndex();
    }

    /** Returns whether all has been handed out that was queued before the ends were noted. */
    boolean hasRunUpTo(long[] ends, int at) {
        return currentConsumerIndex() >= ends[at] && overflow.currentConsumerIndex() >= ends[at + 1];
    }

    boolean hasPending() {
        return lvProducerIndex() != lvConsumerIndex() || overflow.lvProducerIndex() != overflow.lvConsumerIndex();
    }

    /** Returns how many callbacks were ever queued. */
    long queued() {
        return currentProducerIndex() + overflow.currentProducerIndex();
    }
}

package org.jurcu.task;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuHead;
import org.jurcu.task.SlotDamage.Kind;
import org.jurcu.task.SlotDamage.Mode;

/**
 * One CPU's callbacks of {@link TaskLayout#UNION}: the kernel's {@code rcu_segcblist}, linked through the very words that
 * were counts.
 *
 * <pre>
 *   head -> [done .. done] -> [wait .. wait] -> [next ready] -> [next] -> NULL
 *                  ^ tails[0]       ^ tails[1]        ^ tails[2]    ^ tails[3]
 * </pre>
 *
 * The rules that decide what a damaged link does: whoever queues writes the last head's link, 64 bits, whatever was in it.
 * Who takes the done ones out makes the last one's link the new head of the list and writes NULL into it. Who walks them
 * follows the links and clears none.
 *
 * <p>What waits for the grace periods is the kernel's domain: each queueing also queues a {@link Turn} there, which when it
 * comes up runs whatever is done by then, this head at least. A walk that comes to an address where no queued head is
 * stops there. What was behind it is lost and stays lost; the checker names it from {@link #order}, its own list of
 * what was queued. So nothing hangs, and a barrier of the domain still means that every callback ran that ever will.
 *
 * <p>Guarded by {@link #lock}, except in the walk, which like the kernel's has the batch for itself: the domain has one
 * reclaimer.
 */
final class UnionCallbackList {
    private static final int DONE = 0;
    private static final int SEGMENTS = 4;

    private final UnionHost host;
    private final Rcu rcu;
    private final ReentrantLock lock = new ReentrantLock();

    private long head;
    /** The last head of each segment and of all before it; null is {@code &head}. */
    private final UnionRcuUsers[] tails = new UnionRcuUsers[SEGMENTS];
    /** The grace period after which the segment is done. */
    private final long[] cookies = new long[SEGMENTS];

    private final int[] lengths = new int[SEGMENTS];

    private Turn freeTurns;
    private final ShadowOrder order = new ShadowOrder();

    UnionCallbackList(UnionHost host, Rcu rcu) {
        this.host = host;
        this.rcu = rcu;
    }

    /** {@code call_rcu}. */
    void callRcu(UnionRcuUsers slot, int function) {
        Turn turn;
        lock.lock();
        try {
            slot.beginHead(function);
            enqueue(slot);
            turn = takeTurn();
        } finally {
            lock.unlock();
        }
        host.callTurn(turn); // after the cookie: its grace period ends no earlier
    }

    /** {@code rcu_segcblist_enqueue}, into the segment that its grace period asks for. */
    private void enqueue(UnionRcuUsers slot) {
        long cookie = rcu.getState();
        advance();
        slot.storeNext(0);
        storeAtTail(slot.address());
        int s = segmentFor(cookie);
        Arrays.fill(tails, s, SEGMENTS, slot);
        lengths[s]++;
        cookies[s] = cookie;
        order.add(slot);
    }

    private void storeAtTail(long address) {
        UnionRcuUsers tail = tails[SEGMENTS - 1];
        if (tail == null) {
            head = address;
        } else {
            tail.storeNext(address);
        }
    }

    /**
     * The last segment in use if it waits for the same grace period, else the one behind it. After {@link #advance} at
     * most two grace periods are waited for, so one is free; were it not, waiting longer is always right.
     */
    private int segmentFor(long cookie) {
        int last = SEGMENTS - 1;
        while (last > DONE && lengths[last] == 0) {
            last--;
        }
        boolean same = last > DONE && cookies[last] == cookie;
        return same ? last : Math.min(last + 1, SEGMENTS - 1);
    }

    /** {@code rcu_segcblist_advance}: segments whose grace period has ended are done, the others move up. */
    private void advance() {
        int s = DONE + 1;
        while (s < SEGMENTS && lengths[s] > 0 && rcu.pollState(cookies[s])) {
            lengths[DONE] += lengths[s];
            tails[DONE] = tails[s];
            lengths[s] = 0;
            s++;
        }
        for (int to = DONE + 1; to < SEGMENTS; to++, s++) {
            boolean used = s < SEGMENTS && lengths[s] > 0;
            int length = used ? lengths[s] : 0;
            tails[to] = used ? tails[s] : tails[SEGMENTS - 1];
            cookies[to] = used ? cookies[s] : 0;
            if (used) {
                lengths[s] = 0;
            }
            lengths[to] = length;
        }
    }

    /** {@code rcu_do_batch}. */
    private void run(Turn turn) {
        long link;
        int length;
        lock.lock();
        try {
            giveBack(turn);
            advance();
            length = lengths[DONE];
            if (length == 0) {
                return; // an earlier turn ran it
            }
            link = extractDone();
        } finally {
            lock.unlock();
        }
        RuntimeException thrown = walk(link, length);
        lock.lock();
        try {
            order.forget(length, this::reportLost);
            checkLength();
        } finally {
            lock.unlock();
        }
        if (thrown != null) {
            throw thrown;
        }
    }

    /** {@code rcu_segcblist_extract_done_cbs}: what is done leaves the list; returns its first link. */
    private long extractDone() {
        UnionRcuUsers last = tails[DONE];
        if (last == null) { // a head that was queued twice was taken out with an earlier segment
            lengths[DONE] = 0;
            return 0;
        }
        long first = head;
        head = last.loadNext();
        last.storeNext(0);
        for (int s = SEGMENTS - 1; s >= DONE; s--) {
            if (tails[s] == last) {
                tails[s] = null;
            }
        }
        lengths[DONE] = 0;
        return first;
    }

    private RuntimeException walk(long first, int length) {
        RuntimeException thrown = null;
        long link = first;
        for (int walked = 0; link != 0; walked++) {
            UnionRcuUsers slot = walked < length ? queuedAt(link) : null;
            if (slot == null) {
                reportNowhere(walked, length, link);
                break;
            }
            link = slot.loadNext(); // rcu_cblist_dequeue: before the callback, which may free the memory
            try {
                host.invoke(slot);
            } catch (RuntimeException e) {
                thrown = thrown == null ? e : thrown; // the other callbacks are not its fault
            }
        }
        return thrown;
    }

    private UnionRcuUsers queuedAt(long link) {
        UnionRcuUsers slot = host.slotAt(link);
        return slot != null && slot.mode() == Mode.QUEUED ? slot : null;
    }

    private void reportNowhere(int walked, int length, long link) {
        lock.lock();
        try {
            UnionRcuUsers expected = walked < length ? order.get(walked) : null;
            UnionRcuUsers blamed = expected == null ? order.get(length - 1) : expected;
            long right = expected == null ? 0 : expected.address();
            host.damage(blamed.index, new SlotDamage(Kind.LINK_INTO_NOWHERE, blamed.mode(), link, right));
        } finally {
            lock.unlock();
        }
    }

    private void reportLost(UnionRcuUsers slot) {
        host.damage(slot.index, new SlotDamage(Kind.LOST_CALLBACK, Mode.QUEUED, slot.word(), slot.address()));
    }

    /** The warning at the end of {@code rcu_do_batch}; the next head that is queued behind an empty list heals it. */
    private void checkLength() {
        int length = 0;
        for (int n : lengths) {
            length += n;
        }
        if ((length == 0) != (head == 0)) {
            UnionRcuUsers blamed = order.last();
            host.damage(blamed.index, new SlotDamage(Kind.LENGTH_MISMATCH, blamed.mode(), head, 0));
        }
    }

    // ---- turns in the domain's queue ----

    private Turn takeTurn() {
        Turn turn = freeTurns;
        if (turn == null) {
            return new Turn();
        }
        freeTurns = turn.next;
        turn.next = null;
        return turn;
    }

    private void giveBack(Turn turn) {
        turn.next = freeTurns;
        freeTurns = turn;
    }

    /** Waits for a grace period in the domain's queue, once at a time; used again, so that queueing allocates nothing. */
    private final class Turn implements RcuHead {
        private Turn next;

        @Override
        public void invoke() {
            run(this);
        }
    }
}

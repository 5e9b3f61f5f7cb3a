package org.jurcu.rcu.list;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jurcu.rcu.RcuDomain;

/**
 * A doubly linked list that readers walk while updaters change it.
 *
 * <pre>{@code
 * final class Session extends RcuListNode implements RcuHead {
 *     ByteBuffer buffer = pool.take();
 *
 *     public void invoke() {                 // the last reader has gone
 *         pool.give(buffer);
 *     }
 * }
 *
 * final RcuList<Session> sessions = new RcuList<>();
 * final Lock lock = new ReentrantLock();
 *
 * long sum() {                               // readers
 *     long sum = 0;
 *     rcu.readLock();
 *     try {
 *         for (Session s = sessions.firstOrNull(); s != null; s = sessions.nextOrNull(s)) {
 *             sum += s.buffer.getLong(0);
 *         }
 *     } finally {
 *         rcu.readUnlock();
 *     }
 *     return sum;
 * }
 *
 * void end(Session session) {                // updaters
 *     lock.lock();
 *     try {
 *         sessions.del(session);
 *     } finally {
 *         lock.unlock();
 *     }
 *     rcu.call(session);
 * }
 * }</pre>
 *
 * <p><b>Updaters exclude each other</b>, by a lock of theirs: {@code add}, {@code addTail}, {@code addBefore},
 * {@code addBehind}, {@code del}, {@code replace} and both splices are called under it. The list has none, as in the
 * kernel, since what must change together is seldom one list.
 *
 * <p><b>Readers</b> call the other methods, at any time, inside a section of the domain in which deleted nodes wait for
 * their grace period. A walk meets each element that is in the list from the walk's beginning to its end exactly once and
 * in the list's order; one that is added or deleted meanwhile at most once; of a replaced one and its replacement exactly
 * one. A reader that stands on a deleted element goes on from there. One that stands on a spliced one, see
 * {@link #spliceInit}.
 *
 * <p><b>A deleted node</b> may be added again, here or elsewhere, when a grace period has elapsed; see the
 * {@linkplain org.jurcu.rcu.list package}. If it is kept for long instead, let it forget its follower:
 * {@link RcuListNode#initDeleted}. Deleting it twice, or adding one that is in a list, is refused as far as the
 * node can know: it does not know in which list it is. That a grace period has elapsed is checked in strict mode, if the list
 * was {@linkplain #RcuList(RcuDomain) told its domain}.
 *
 * <p>Memory effects: actions before a node is added happen-before those of a reader that meets it.
 *
 * <p>Progress: every step of a reader is wait-free and allocates nothing, but for {@link #iterator}. Updates take constant time
 * and allocate nothing, but for the splices, which wait for a grace period.
 *
 * <p>Counterpart: include/linux/rculist.h; {@code cds_list_*_rcu} of liburcu (include/urcu/rculist.h).
 *
 * @param <N> its elements
 */
public final class RcuList<N extends RcuListNode> implements Iterable<N> {
    private final RcuListNode head = new Head();

    /** Asked in strict mode; null if nobody told. */
    private final RcuDomain domain;

    /** Creates a list without elements: {@code INIT_LIST_HEAD_RCU()}. */
    public RcuList() {
        this(null, true);
    }

    /**
     * As {@link #RcuList()}, for readers who are inside sections of {@code domain}. In strict mode ({@code -Djurcu.strict=true})
     * a node that is deleted from this list is refused, here and by other collections, until a grace period has elapsed.
     */
    public RcuList(RcuDomain domain) {
        this(Objects.requireNonNull(domain, "domain"), true);
    }

    @SuppressWarnings("unused") // the flag tells this one from the one that refuses null
    private RcuList(RcuDomain domain, boolean orNull) {
        this.domain = domain;
        head.prev = head;
        head.storeReleaseNext(head);
    }

    /**
     * Adds {@code node} as the first: {@code list_add_rcu()}.
     *
     * @throws IllegalStateException if it is in a list
     */
    public void add(N node) {
        insert(node, head, head.loadPlainNext());
    }

    /**
     * Adds {@code node} as the last: {@code list_add_tail_rcu()}.
     *
     * @throws IllegalStateException if it is in a list
     */
    public void addTail(N node) {
        insert(node, head.prev, head);
    }

    /**
     * Adds {@code node} in front of {@code position}: {@code hlist_add_before_rcu()}.
     *
     * @throws IllegalStateException if it is in a list, or {@code position} is not
     */
    public void addBefore(N node, N position) {
        position.checkListed();
        insert(node, position.prev, position);
    }

    /**
     * Adds {@code node} right after {@code position}: {@code hlist_add_behind_rcu()}.
     *
     * @throws IllegalStateException if it is in a list, or {@code position} is not
     */
    public void addBehind(N node, N position) {
        position.checkListed();
        insert(node, position, position.loadPlainNext());
    }

    private static void insert(RcuListNode node, RcuListNode before, RcuListNode after) {
        node.checkUnlisted();
        node.storePlainNext(after); // L1
        before.storeReleaseNext(node); // L2 A: the node's contents and L1 before the node can be met; matches B
        node.prev = before; // behind L2, here and below: should the stack end in a call, nothing has changed
        after.prev = node;
    }

    /**
     * Takes {@code node} out: {@code list_del_rcu()}. Its {@code next} stays, so that readers who stand on it go on.
     *
     * @throws IllegalStateException if it is in no list
     */
    public void del(N node) {
        node.checkListed();
        RcuListNode before = node.prev;
        RcuListNode after = node.loadPlainNext();
        before.storeReleaseNext(after); // L3 A: once more, for readers who meet the follower through this link first
        after.prev = before;
        node.prev = Poison.PLAIN; // no call since the store that unlinked it: the stack cannot end in between
        if (Removal.STRICT) {
            date(node);
        }
    }

    /** Says when {@code node} was unlinked. */
    private void date(RcuListNode node) {
        node.prev = new Poison(Removal.nowOrNull(domain));
    }

    /**
     * Puts {@code fresh} in the place of {@code old}, atomically for readers: {@code list_replace_rcu()}.
     *
     * @throws IllegalStateException if {@code old} is in no list, or {@code fresh} is in one
     */
    public void replace(N old, N fresh) {
        old.checkListed();
        fresh.checkUnlisted();
        RcuListNode before = old.prev;
        RcuListNode after = old.loadPlainNext();
        fresh.storePlainNext(after); // L4
        before.storeReleaseNext(fresh); // L5 A: as in insert
        fresh.prev = before;
        after.prev = fresh;
        old.prev = Poison.PLAIN; // no call in between, as in del
        if (Removal.STRICT) {
            date(old);
        }
    }

    /**
     * Moves all elements of {@code source} to the front of this list and leaves {@code source} empty:
     * {@code list_splice_init_rcu()}. In between they are in neither for readers, while a grace period elapses: a reader
     * that stands in {@code source} must have left before its elements lead elsewhere. The updaters' lock, of both lists,
     * is held all the while, so no reader may want it.
     *
     * @param domain whose sections readers of {@code source} are in
     * @throws IllegalArgumentException if {@code source} is this list
     * @throws IllegalStateException if the domain refuses to {@code synchronize}; after this, as after
     *     whatever else it throws, nothing has changed
     */
    public void spliceInit(RcuList<N> source, RcuDomain domain) {
        Objects.requireNonNull(domain, "domain");
        splice(source, domain::synchronize, true);
    }

    /**
     * As {@link #spliceInit}, to the end of this list: {@code list_splice_tail_init_rcu()}.
     *
     * @param domain whose sections readers of {@code source} are in
     * @throws IllegalArgumentException if {@code source} is this list
     * @throws IllegalStateException if the domain refuses to {@code synchronize}; after this, as after
     *     whatever else it throws, nothing has changed
     */
    public void spliceTailInit(RcuList<N> source, RcuDomain domain) {
        Objects.requireNonNull(domain, "domain");
        splice(source, domain::synchronize, false);
    }

    /** With what waits for readers of {@code source}, which a test may let fail. */
    void splice(RcuList<N> source, Runnable synchronize, boolean atFront) {
        if (source == this) {
            throw Misuse.splicedIntoItself();
        }
        RcuListNode first = source.head.loadPlainNext();
        RcuListNode last = source.head.prev;
        if (first == source.head) {
            return;
        }
        source.head.storeReleaseNext(source.head); // L6: nobody enters
        source.head.prev = source.head;
        try {
            synchronize.run(); // L7: nobody is in there, who would look for the end at source.head
        } catch (Throwable e) { // an error too: the elements are in no list
            source.head.prev = last;
            source.head.storeReleaseNext(first);
            throw e;
        }
        RcuListNode before = atFront ? head : head.prev;
        RcuListNode after = atFront ? head.loadPlainNext() : head;
        last.storePlainNext(after); // L8
        before.storeReleaseNext(first); // L9 A: L8 before the elements can be met
        first.prev = before;
        after.prev = last;
    }

    /** Returns the first element, or null: {@code list_first_or_null_rcu()}. */
    public N firstOrNull() {
        return elementOrNull(head.loadAcquireNext()); // L10 B: matches A
    }

    /**
     * Returns the element behind {@code node}, or null at the end: {@code list_next_or_null_rcu()}. The caller found
     * {@code node} in this list, in the section that is still open; it may have been deleted since.
     *
     * @throws IllegalStateException if {@code node} was never in a list
     */
    public N nextOrNull(N node) {
        return elementOrNull(follow(node));
    }

    private static RcuListNode follow(RcuListNode node) {
        RcuListNode next = node.loadAcquireNext(); // L11 B: matches A
        if (next == null) {
            throw Misuse.neverListed(node);
        }
        return next;
    }

    @SuppressWarnings("unchecked") // only N is ever added, beside the head
    private N elementOrNull(RcuListNode node) {
        return node == head ? null : (N) node;
    }

    /** Returns whether there is no element at the moment. */
    public boolean isEmpty() {
        return head.loadAcquireNext() == head;
    }

    /** Calls {@code visitor} with each element: {@code list_for_each_entry_rcu()}. Inside a section. */
    @Override
    public void forEach(Consumer<? super N> visitor) {
        for (N node = firstOrNull(); node != null; node = nextOrNull(node)) {
            visitor.accept(node);
        }
    }

    /** Returns an iterator for one walk, to be used up inside the section in which it was made. It cannot remove. */
    @Override
    public Iterator<N> iterator() {
        return new Walk();
    }

    private final class Walk implements Iterator<N> {
        private N next = firstOrNull();

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public N next() {
            N node = next;
            if (node == null) {
                throw new NoSuchElementException("the walk is at its end: ask hasNext() first");
            }
            next = nextOrNull(node);
            return node;
        }
    }

    /** The anchor of the ring. */
    private static final class Head extends RcuListNode {}
}

package org.jurcu.rcu.list;

import java.util.Objects;
import org.jurcu.rcu.RcuDomain;

/**
 * A hash table that readers search and walk while updaters change it, and its number of buckets.
 *
 * <pre>{@code
 * final class Page extends RcuHashNode<String> implements RcuHead {
 *     final ByteBuffer buffer;
 *
 *     Page(String name, ByteBuffer buffer) {
 *         super(name);
 *         this.buffer = buffer;
 *     }
 *
 *     public void invoke() {                 // the last reader has gone
 *         pool.give(buffer);
 *     }
 * }
 *
 * final RcuHashTable<String, Page> pages = new RcuHashTable<>();
 *
 * long read(String name) {                   // readers
 *     rcu.readLock();
 *     try {
 *         Page page = pages.lookup(name);
 *         return page == null ? 0 : page.buffer.getLong(0);
 *     } finally {
 *         rcu.readUnlock();
 *     }
 * }
 *
 * void write(String name, ByteBuffer buffer) { // updaters
 *     Page old = pages.put(new Page(name, buffer));
 *     if (old != null) {
 *         rcu.call(old);
 *     }
 * }
 * }</pre>
 *
 * <p><b>Updaters</b> need no lock: the table has one for each of up to 64 groups of buckets, held for the time of one
 * update. An update that finds more elements than buckets doubles the number of buckets, one that finds fewer than a
 * quarter halves it; it does so itself, after it has given its lock back. No grace period is waited for, so updates are
 * allowed inside sections. The keys' {@code equals} is called under that lock: it must neither update the table nor wait for
 * anything. (Their {@code hashCode} is not.)
 *
 * <p><b>Readers</b> call {@link #lookup} and the walks, at any time, inside a section of the domain in which removed nodes
 * wait for their grace period. {@code lookup} finds a key that is in the table from its beginning to its end, whatever is
 * replaced, resized or put beside it meanwhile, and none that has been absent for so long. A walk ({@code forEach}, {@code firstOrNull} with
 * {@code nextOrNull}, {@code iterator}) meets each key that is in the table from its beginning to its end exactly once,
 * and every other at most once; in no promised order.
 *
 * <p><b>A removed or replaced node</b> may be given another key and put again when a grace period has elapsed; see the
 * {@linkplain org.jurcu.rcu.list package}. Putting one that is in a table is refused.
 *
 * <p>Memory effects: actions before a node is put happen-before those of a reader that finds it. A look-up that
 * happens-after an update sees that update or a later one.
 *
 * <p>Progress: each step of a reader is wait-free, and none is made twice; a look-up takes as many steps as its bucket
 * has elements, one on the average, and allocates nothing. Updates block each other only.
 *
 * <p>Counterpart: {@code cds_lfht} of liburcu (include/urcu/rculfhash.h), whose order of elements this is, with the bucket
 * locks of the kernel's {@code rhashtable} (include/linux/rhashtable.h) for its updaters.
 *
 * @param <K> keys, with {@code equals} and {@code hashCode} that do not change
 * @param <N> its elements
 */
public final class RcuHashTable<K, N extends RcuHashNode<K>> extends SplitOrderedTable<N> {
    /** Creates a table of at least 16 buckets. */
    public RcuHashTable() {}

    /**
     * Creates a table that never has fewer buckets, and locks for up to 64 updaters at once if there are so many.
     *
     * @param leastBuckets a power of two up to 2<sup>30</sup>
     * @throws IllegalArgumentException if it is another number
     */
    public RcuHashTable(int leastBuckets) {
        super(leastBuckets);
    }

    /**
     * As {@link #RcuHashTable(int)}, for readers who are inside sections of {@code domain}. In strict mode
     * ({@code -Djurcu.strict=true}) a node that was removed from this table is refused, here and by other collections, until a
     * grace period has elapsed; so are its new key and {@code initDeleted}.
     *
     * @param leastBuckets a power of two up to 2<sup>30</sup>
     * @throws IllegalArgumentException if it is another number
     */
    public RcuHashTable(int leastBuckets, RcuDomain domain) {
        super(leastBuckets, Objects.requireNonNull(domain, "domain"));
    }

    /** Returns the element of that key, or null: {@code cds_lfht_lookup()}. Inside a section. */
    @SuppressWarnings("unchecked") // only N is ever put, and only elements have such a hash
    public N lookup(K key) {
        int hash = RcuHashNode.hashOf(key);
        HashedNode[] buckets = loadAcquireBuckets(); // H1
        int mask = buckets.length - 1;
        HashedNode node = buckets[hash & mask].loadAcquireNext(); // H11 B: matches A
        while (node != null) {
            int difference = node.hash ^ hash;
            if (difference == 0 && ((RcuHashNode<K>) node).hasKey(key)) {
                return (N) node;
            }
            if ((difference & mask) != 0) {
                return null; // the next bucket
            }
            node = node.loadAcquireNext(); // H11
        }
        return null;
    }

    /** Takes the element of that key out and returns it; null if there is none. Its link stays, as in {@link #remove(HashedNode)}. */
    public N removeKey(K key) {
        Stripe stripe = lock(RcuHashNode.hashOf(key));
        N node;
        try {
            node = lookup(key);
            if (node == null) {
                return null;
            }
            unlink(stripe, node);
        } finally {
            stripe.unlock();
        }
        shrinkAsNeeded(stripe);
        return node;
    }

    @Override
    N lookupKeyOf(N node) {
        return lookup(node.key());
    }

    @Override
    boolean sameKey(N a, N b) {
        return a.hasKey(b.key());
    }
}

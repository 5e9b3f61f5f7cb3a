package org.jurcu.rcu.list;

import java.util.Objects;
import org.jurcu.rcu.RcuDomain;

/**
 * An {@link RcuHashTable} whose keys are ints: no look-up makes an object.
 *
 * <pre>{@code
 * final class Slot extends RcuIntNode {
 *     final MemorySegment memory;
 *
 *     Slot(int id, MemorySegment memory) {
 *         super(id);
 *         this.memory = memory;
 *     }
 * }
 *
 * final RcuIntTable<Slot> slots = new RcuIntTable<>();
 *
 * slots.put(new Slot(7, memory));
 *
 * rcu.readLock();
 * try {
 *     Slot slot = slots.lookup(7);          // not freed before readUnlock()
 * } finally {
 *     rcu.readUnlock();
 * }
 *
 * Slot gone = slots.removeKey(7);
 * rcu.call(() -> free(gone.memory));
 * }</pre>
 *
 * <p>What readers may see, memory effects and progress: as stated at {@link RcuHashTable}. Nothing is thrown but what the
 * methods say.
 *
 * <p>Counterpart: {@code cds_lfht} of liburcu, {@code rhashtable} of the kernel with a key of 4 bytes.
 *
 * @param <N> its elements
 */
public final class RcuIntTable<N extends RcuIntNode> extends SplitOrderedTable<N> {
    /** Creates a table of at least 16 buckets. */
    public RcuIntTable() {}

    /**
     * Creates a table that never has fewer buckets, and locks for up to 64 updaters at once if there are so many.
     *
     * @param leastBuckets a power of two up to 2<sup>30</sup>
     * @throws IllegalArgumentException if it is another number
     */
    public RcuIntTable(int leastBuckets) {
        super(leastBuckets);
    }

    /**
     * As {@link #RcuIntTable(int)}, for readers who are inside sections of {@code domain}. In strict mode
     * ({@code -Djurcu.strict=true}) a node that was removed from this table is refused, here and by other collections, until a
     * grace period has elapsed; so are its new key and {@code initDeleted}.
     *
     * @param leastBuckets a power of two up to 2<sup>30</sup>
     * @throws IllegalArgumentException if it is another number
     */
    public RcuIntTable(int leastBuckets, RcuDomain domain) {
        super(leastBuckets, Objects.requireNonNull(domain, "domain"));
    }

    /** Returns the element of that key, or null: {@code cds_lfht_lookup()}. Inside a section. */
    @SuppressWarnings("unchecked") // only N is ever put, and only elements have such a hash
    public N lookup(int key) {
        int hash = RcuIntNode.hashOf(key);
        HashedNode[] buckets = loadAcquireBuckets(); // H1
        int mask = buckets.length - 1;
        HashedNode node = buckets[hash & mask].loadAcquireNext(); // H11 B: matches A
        while (node != null) {
            int difference = node.hash ^ hash;
            if (difference == 0 && ((RcuIntNode) node).key() == key) {
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
    public N removeKey(int key) {
        Stripe stripe = lock(RcuIntNode.hashOf(key));
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
        return a.key() == b.key();
    }
}

package org.jurcu.rcu.list;

import java.util.Objects;

/**
 * An element of an {@link RcuHashTable}, which carries its own link and its key.
 *
 * <p>See {@link RcuHashTable} for a program. It is in one table at a time. An element of several tables, or with another
 * superclass, has a node for each, which points to it; see {@link RcuHashEntry}.
 *
 * <p>Memory effects and progress: as stated at {@link RcuHashTable}. Key and links take 16 bytes with compressed pointers.
 *
 * <p>Counterpart: {@code struct cds_lfht_node} of liburcu (include/urcu/rculfhash.h), {@code struct rhash_head} of the kernel.
 *
 * @param <K> keys, with {@code equals} and {@code hashCode} that do not change
 */
public abstract class RcuHashNode<K> extends HashedNode {
    private K key;

    /** Creates a node that is in no table. */
    protected RcuHashNode(K key) {
        super(hashOf(key));
        this.key = key;
    }

    /** Returns the key. */
    public final K key() {
        return key;
    }

    /**
     * Gives a node another key, before it is put into a table again and a grace period after it was removed from one.
     *
     * @throws IllegalStateException if it is in a table; in strict mode also if no grace period has elapsed, where the table was
     *     told its domain
     */
    protected final void setKey(K key) {
        checkMayChangeKey();
        hash = hashOf(key);
        this.key = key;
    }

    final boolean hasKey(Object other) {
        return key == other || key.equals(other);
    }

    /** As in HashMap: the upper bits take part in the choice of the bucket. */
    static int hashOf(Object key) {
        int h = Objects.requireNonNull(key, "key").hashCode();
        return (h ^ h >>> 16) | ELEMENT;
    }
}

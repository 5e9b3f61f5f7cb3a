package org.jurcu.rcu.list;

/**
 * An element of an {@link RcuIntTable}, which carries its own link and its key.
 *
 * <p>See {@link RcuIntTable} for a program. It is in one table at a time.
 *
 * <p>Memory effects and progress: as stated at {@link RcuHashTable}. Key and links take 16 bytes with compressed pointers.
 *
 * <p>Counterpart: {@code struct cds_lfht_node} of liburcu (include/urcu/rculfhash.h), {@code struct rhash_head} of the kernel.
 */
public abstract class RcuIntNode extends HashedNode {
    /** 2<sup>64</sup> divided by the golden ratio, made odd. */
    private static final long GOLDEN_RATIO = 0x9e37_79b9_7f4a_7c15L;

    private int key;

    /** Creates a node that is in no table. */
    protected RcuIntNode(int key) {
        super(hashOf(key));
        this.key = key;
    }

    /** Returns the key. */
    public final int key() {
        return key;
    }

    /**
     * Gives a node another key, before it is put into a table again and a grace period after it was removed from one.
     *
     * @throws IllegalStateException if it is in a table
     */
    protected final void setKey(int key) {
        checkMayChangeKey();
        this.key = key;
        hash = hashOf(key);
    }

    /** The middle of the product, whose every bit depends on all bits of the key below it: no stride fills few buckets. */
    static int hashOf(int key) {
        return (int) ((key * GOLDEN_RATIO) >>> 32) | ELEMENT;
    }
}

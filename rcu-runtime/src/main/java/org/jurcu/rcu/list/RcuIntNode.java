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
     * @throws IllegalStateException if it is in a table; in strict mode also if no grace period has elapsed, where the table was
     *     told its domain
     */
    protected final void setKey(int key) {
        checkMayChangeKey();
        this.key = key;
        hash = hashOf(key);
    }

    /**
     * The finalizer of MurmurHash3: each bit of the key changes half of the result. One multiplication is not enough: there is a
     * stride of keys, and not a strange one, for each constant that then fills few buckets.
     */
    static int hashOf(int key) {
        int h = key;
        h = (h ^ (h >>> 16)) * 0x85eb_ca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2_ae35;
        return (h ^ (h >>> 16)) | ELEMENT;
    }
}

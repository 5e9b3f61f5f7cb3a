package org.jurcu.rcu.list;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A link of a {@link SplitOrderedTable}: an element, or the beginning of a bucket.
 *
 * <pre>
 * hash:    31           30 .. 0
 *          ELEMENT      hash of the key; for the beginning of a bucket its number, below 2^30
 * order:   Integer.reverse(hash), unsigned: the place in the list
 * </pre>
 *
 * The tag is the lowest bit of the order, so that a bucket's beginning comes before its elements and equals none.
 */
abstract class HashedNode {
    static final int ELEMENT = 1 << 31;

    private static final VarHandle NEXT;
    private static final VarHandle OWNER;

    static {
        try {
            MethodHandles.Lookup l = MethodHandles.lookup();
            NEXT = l.findVarHandle(HashedNode.class, "next", HashedNode.class);
            OWNER = l.findVarHandle(HashedNode.class, "owner", SplitOrderedTable.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Changes only while no table and no reader has the node. */
    int hash;

    @SuppressWarnings("UnusedVariable") // read and written through NEXT
    private HashedNode next;

    private volatile SplitOrderedTable<?> owner;

    HashedNode(int hash) {
        this.hash = hash;
    }

    /**
     * Lets a removed or replaced node forget what followed it: {@code cds_lfht_node_init_deleted()}. To be called when a
     * grace period has elapsed since, as in the callback. Only a node that is kept, in a pool say, needs it: its follower may
     * be removed next and in turn refer to its own, and so on.
     *
     * @throws IllegalStateException if it is in a table
     */
    public final void initDeleted() {
        if (isOwned()) {
            throw Misuse.alreadyListed(this);
        }
        storePlainNext(null);
    }

    final boolean isElement() {
        return hash < 0; // the tag is the sign
    }

    /** Whether this node's place is in front of every element of that hash. */
    final boolean precedes(int otherHash) {
        return Integer.compareUnsigned(Integer.reverse(hash), Integer.reverse(otherHash)) < 0;
    }

    final HashedNode loadAcquireNext() {
        return (HashedNode) NEXT.getAcquire(this);
    }

    final void storePlainNext(HashedNode node) {
        NEXT.set(this, node);
    }

    final void storeReleaseNext(HashedNode node) {
        NEXT.setRelease(this, node);
    }

    final boolean isOwnedBy(SplitOrderedTable<?> table) {
        return owner == table;
    }

    final boolean isOwned() {
        return owner != null;
    }

    /** Of two tables that want the node, or one that wants it twice, only one gets it. */
    final void claim(SplitOrderedTable<?> table) {
        if (!OWNER.compareAndSet(this, null, table)) {
            throw Misuse.alreadyListed(this);
        }
    }

    final void disown() {
        owner = null;
    }

    final void checkMayChangeKey() {
        if (isOwned()) {
            throw Misuse.rekeyedWhileListed(this);
        }
    }

    /** Where a bucket begins; it lives as long as the collector finds it reachable, and is never used again. */
    static final class Bucket extends HashedNode {
        Bucket(int number) {
            super(number);
        }
    }
}

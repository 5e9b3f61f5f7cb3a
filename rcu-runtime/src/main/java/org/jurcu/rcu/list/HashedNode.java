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
            OWNER = l.findVarHandle(HashedNode.class, "owner", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Changes only while no table and no reader has the node. */
    int hash;

    @SuppressWarnings("UnusedVariable") // read and written through NEXT
    private HashedNode next;

    /** The table that has it; else null or, in strict mode, its {@link Removal}. */
    private volatile Object owner;

    HashedNode(int hash) {
        this.hash = hash;
    }

    /**
     * Lets a removed or replaced node forget what followed it: {@code cds_lfht_node_init_deleted()}. To be called when a
     * grace period has elapsed since, as in the callback. Only a node that is kept, in a pool say, needs it: its follower may
     * be removed next and in turn refer to its own, and so on.
     *
     * @throws IllegalStateException if it is in a table; in strict mode also if no grace period has elapsed, where the table was
     *     told its domain
     */
    public final void initDeleted() {
        checkUnowned(owner);
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
        return owner instanceof SplitOrderedTable;
    }

    /** Refuses a node that a table has or, as far as is known, a reader. */
    final void checkUnowned() {
        checkUnowned(owner);
    }

    private void checkUnowned(Object present) {
        if (present instanceof Removal removal) {
            removal.checkOver(this);
        } else if (present != null) {
            throw Misuse.alreadyListed(this);
        }
    }

    /** Of two tables that want the node, or one that wants it twice, only one gets it. */
    final void claim(SplitOrderedTable<?> table) {
        Object present = owner;
        checkUnowned(present);
        if (!OWNER.compareAndSet(this, present, table)) {
            throw Misuse.alreadyListed(this);
        }
    }

    final void disown() {
        owner = null;
    }

    /** Notes when it was removed, in strict mode; if nobody has claimed it since. */
    final void noteRemoval(Removal removal) {
        OWNER.compareAndSet(this, null, removal);
    }

    final void checkMayChangeKey() {
        if (isOwned()) {
            throw Misuse.rekeyedWhileListed(this);
        }
        checkUnowned(owner);
    }

    /** Where a bucket begins; it lives as long as the collector finds it reachable, and is never used again. */
    static final class Bucket extends HashedNode {
        Bucket(int number) {
            super(number);
        }
    }
}

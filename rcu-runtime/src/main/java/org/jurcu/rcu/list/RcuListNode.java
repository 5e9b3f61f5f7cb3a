package org.jurcu.rcu.list;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * An element of an {@link RcuList}, which carries its own links.
 *
 * <pre>{@code
 * final class Connection extends RcuListNode { ... }
 *
 * RcuList<Connection> connections = new RcuList<>();
 * connections.add(connection);
 * }</pre>
 *
 * <p>It is in one list at a time. An element of several lists has a node for each, which points to it; see
 * {@link RcuListEntry}.
 *
 * <p>Memory effects and progress: as stated at {@link RcuList}. The links take 8 bytes with compressed pointers.
 *
 * <p>Counterpart: {@code struct list_head} (include/linux/types.h).
 */
public abstract class RcuListNode {
    private static final VarHandle NEXT;

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(RcuListNode.class, "next", RcuListNode.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Followed by readers, also after the node was deleted. */
    private RcuListNode next;

    /** Used by updaters only; null in a new node, a {@link Poison} in a deleted one. */
    RcuListNode prev;

    /** Creates a node that is in no list. */
    protected RcuListNode() {}

    /**
     * Lets a deleted node forget what followed it: {@code INIT_LIST_HEAD()} on it; in liburcu's tables it is
     * {@code cds_lfht_node_init_deleted()}. To be called when a grace period has elapsed since the deletion, as in the callback.
     * Only a node that is kept, in a pool say, needs it: its follower may be deleted next and in turn refer to its own, and so
     * on, so that a node which is never added again would keep every node that was ever added behind it.
     *
     * @throws IllegalStateException if it is in a list; in strict mode also if no grace period has elapsed, where the list was
     *     told its domain
     */
    public final void initDeleted() {
        checkUnlisted();
        prev = null;
        next = null;
    }

    final RcuListNode loadAcquireNext() {
        return (RcuListNode) NEXT.getAcquire(this);
    }

    /** For those who hold the lock. */
    final RcuListNode loadPlainNext() {
        return next;
    }

    final void storePlainNext(RcuListNode node) {
        next = node;
    }

    final void storeReleaseNext(RcuListNode node) {
        NEXT.setRelease(this, node);
    }

    final void checkListed() {
        if (prev == null || prev instanceof Poison) {
            throw Misuse.notListed(this);
        }
    }

    final void checkUnlisted() {
        if (prev instanceof Poison poison) {
            poison.checkOver(this);
        } else if (prev != null) {
            throw Misuse.alreadyListed(this);
        }
    }
}

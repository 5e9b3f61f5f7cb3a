package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;

/**
 * The life of one object under RCU: a reader finds it and uses it, an updater unlinks it, waits and destroys it.
 *
 * <p>The body is the same for the shipped domain and for every frozen twin; a body that cannot catch the twins would
 * prove nothing about the domain.
 */
abstract class UnlinkAndDestroy extends Meeting {
    /** The reader came after the unlinking. */
    static final int ABSENT = 0;
    /** The reader found the object and used it unharmed. */
    static final int LIVE = 1;
    /** The reader held an object that was destroyed: the grace period was none. */
    static final int DESTROYED = 2;

    private static final VarHandle POINTER = Handles.of(UnlinkAndDestroy.class, "pointer", PoisonedNode.class);

    /** How often the reader looks at its object: about the time that a grace period takes without any reader. */
    private static final int LOOKS = 30;

    /** Long enough for a reclaimer thread to be woken while the section lasts. */
    private static final long SLOW_NANOS = 50_000;

    private PoisonedNode pointer = new PoisonedNode();

    /** The reader: one section, one dereference, a short use. */
    final int read(GraceDomain domain) {
        warmUp(domain);
        meet();
        domain.readLock();
        int seen = use(dereference());
        domain.readUnlock();
        return seen;
    }

    /** The updater: unlink, wait for a grace period, destroy. */
    final void unlinkThenDestroy(GraceDomain domain) {
        PoisonedNode old = linked();
        meet();
        unlink();
        domain.synchronize();
        old.poison();
    }

    /**
     * A section just before, as busy readers have them: the domain's lines are then in this CPU's cache, and nothing but
     * the store in flight delays the announcement.
     */
    private static void warmUp(GraceDomain domain) {
        domain.readLock();
        domain.readUnlock();
    }

    /** The object, for the updater; it is linked when the sample begins. */
    final PoisonedNode linked() {
        return pointer;
    }

    final PoisonedNode dereference() {
        return (PoisonedNode) POINTER.getOpaque(this);
    }

    final void unlink() {
        POINTER.setOpaque(this, (PoisonedNode) null);
    }

    static int use(PoisonedNode node) {
        if (node == null) {
            return ABSENT;
        }
        return node.poisonedWithinLooks(LOOKS) ? DESTROYED : LIVE;
    }

    static int useSlowly(PoisonedNode node) {
        if (node == null) {
            return ABSENT;
        }
        return node.poisonedWithinNanos(SLOW_NANOS) ? DESTROYED : LIVE;
    }
}

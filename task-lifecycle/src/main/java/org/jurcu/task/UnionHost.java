package org.jurcu.task;

import org.jurcu.rcu.RcuHead;

/**
 * What the words and the callback lists of {@link TaskLayout#UNION} need of what is around them: a kernel
 * ({@link UnionRules}), or a test that drives words and lists without one.
 */
interface UnionHost {
    /** The word at an address, or null if there is none. */
    UnionRcuUsers slotAt(long address);

    /** Runs the callback of a head that was dequeued. */
    void invoke(UnionRcuUsers head);

    /** Has {@code turn} invoked after a grace period that begins from now on. */
    void callTurn(RcuHead turn);

    /** The checker found something. */
    void damage(int index, SlotDamage damage);
}

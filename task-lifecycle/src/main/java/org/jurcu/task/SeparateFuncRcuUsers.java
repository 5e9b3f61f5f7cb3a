package org.jurcu.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The layouts that keep the head's function in a word of its own.
 *
 * <pre>
 *  func   31.........0
 *        +------------+
 *        | a function |   of the rcu_head, whose link is in the domain's queue
 *        +------------+
 * </pre>
 */
abstract sealed class SeparateFuncRcuUsers extends RcuUsers permits SplitRcuUsers, PreUnionRcuUsers {
    private static final VarHandle FUNC;

    static {
        try {
            FUNC = MethodHandles.lookup().findVarHandle(SeparateFuncRcuUsers.class, "func", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // through FUNC
    private int func = RcuUsersSlot.FREED;

    @Override
    final int func() {
        return (int) FUNC.getAcquire(this);
    }

    final void storeReleaseFunc(int function) {
        FUNC.setRelease(this, function);
    }

    @Override
    final boolean changeFunc(int from, int to) {
        return FUNC.compareAndSet(this, from, to);
    }

    @Override
    final void free() {
        storeReleaseFunc(RcuUsersSlot.FREED);
    }
}

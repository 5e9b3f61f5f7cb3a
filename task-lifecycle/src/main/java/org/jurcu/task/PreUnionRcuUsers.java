package org.jurcu.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * {@link TaskLayout#PRE_UNION}: no {@code rcu_users}, only the {@code rcu_head}, which release_task queues once.
 *
 * <pre>
 *  func   31.........0
 *        +------------+
 *        | a function |   NOT_QUEUED, DELAYED_PUT_TASK_STRUCT, FREED
 *        +------------+
 * </pre>
 */
final class PreUnionRcuUsers extends RcuUsers {
    private static final VarHandle FUNC;

    static {
        try {
            FUNC = MethodHandles.lookup().findVarHandle(PreUnionRcuUsers.class, "func", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // through FUNC
    private int func = RcuUsersSlot.FREED;

    private static UnsupportedOperationException noSuchCount() {
        return new UnsupportedOperationException("the layout PRE_UNION has no rcu_users: use get_task_struct and"
                + " put_task_struct, or a kernel of another layout");
    }

    @Override
    void init(int users) {
        FUNC.setRelease(this, RcuUsersSlot.NOT_QUEUED);
    }

    @Override
    int read() {
        throw noSuchCount();
    }

    @Override
    long word() {
        throw noSuchCount();
    }

    @Override
    void inc() {
        throw noSuchCount();
    }

    @Override
    boolean incNotZero() {
        throw noSuchCount();
    }

    @Override
    boolean put(int function) {
        throw noSuchCount();
    }

    @Override
    int func() {
        return (int) FUNC.getAcquire(this);
    }

    @Override
    boolean changeFunc(int from, int to) {
        return FUNC.compareAndSet(this, from, to);
    }

    @Override
    void free() {
        FUNC.setRelease(this, RcuUsersSlot.FREED);
    }

    @Override
    public String toString() {
        return "none";
    }
}

package org.jurcu.task;

/**
 * {@link TaskLayout#PRE_UNION}: no {@code rcu_users}, only the {@code rcu_head}, which release_task queues once: its
 * function goes NOT_QUEUED, DELAYED_PUT_TASK_STRUCT, FREED.
 */
final class PreUnionRcuUsers extends SeparateFuncRcuUsers {
    private static UnsupportedOperationException noSuchCount() {
        return new UnsupportedOperationException("the layout PRE_UNION has no rcu_users: use get_task_struct and"
                + " put_task_struct, or a kernel of another layout");
    }

    @Override
    void init(int users) {
        storeReleaseFunc(RcuUsersSlot.NOT_QUEUED);
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
    public String toString() {
        return "none";
    }
}

package org.jurcu.task;

import java.util.function.BooleanSupplier;
import org.jurcu.task.CountChange.Count;

/**
 * A task of a kernel with a {@link CountHistory}. Loaded with the first such kernel and not before, so that in a program
 * without one {@link TaskStruct}'s methods have no overrider and are inlined: see {@link RcuUsers}.
 */
final class WatchedTaskStruct extends TaskStruct {
    private final CountHistory history;
    /** Of the task that lives here, or of the last one. */
    private volatile CountHistory.Life life;

    private WatchedTaskStruct(Kernel kernel, int index, CountHistory history) {
        super(kernel, index);
        this.history = history;
    }

    /** Returns the supertype, so that no caller makes the verifier load this class. */
    static TaskStruct create(Kernel kernel, int index, CountHistory history) {
        return new WatchedTaskStruct(kernel, index, history);
    }

    @Override
    void beginCounts() {
        CountHistory.Life born = history.begin(this);
        life = born;
        born.lock.lock(); // a stale pointer's change comes after, with the counts that it finds
        try {
            super.beginCounts();
            born.changed(this, Count.USAGE, 0, usage());
            if (kernel.layout().hasRcuUsers()) {
                born.changed(this, Count.RCU_USERS, 0, rcuUsers());
            }
        } finally {
            born.lock.unlock();
        }
    }

    @Override
    boolean poison() {
        boolean freed = super.poison();
        if (freed) {
            history.end(life);
        }
        return freed;
    }

    @Override
    public TaskStruct getTaskStruct() {
        watch(Count.USAGE, () -> {
            usage.inc();
            return true;
        });
        return this;
    }

    @Override
    public boolean tryGetTaskStruct() {
        return watch(Count.USAGE, usage::incNotZero);
    }

    @Override
    public void putTaskStruct() {
        if (watch(Count.USAGE, usage::decAndTest)) {
            kernel.rules().putLastUsage(this);
        }
    }

    @Override
    public boolean tryGetTaskStructRcuUser() {
        return watch(Count.RCU_USERS, rcuUsers::incNotZero);
    }

    @Override
    void getTaskStructRcuUser() {
        watch(Count.RCU_USERS, () -> {
            rcuUsers.inc();
            return true;
        });
    }

    @Override
    public void putTaskStructRcuUser() {
        if (watch(Count.RCU_USERS, () -> rcuUsers.put(RcuUsersSlot.DELAYED_PUT_TASK_STRUCT))) {
            kernel.call(this);
        }
    }

    private boolean watch(Count count, BooleanSupplier change) {
        CountHistory.Life of = life;
        of.lock.lock();
        try {
            int before = read(count);
            boolean result = change.getAsBoolean();
            int after = read(count);
            if (before != after) {
                of.changed(this, count, before, after);
            }
            return result;
        } finally {
            of.lock.unlock();
        }
    }

    private int read(Count count) {
        return count == Count.USAGE ? usage() : rcuUsers();
    }
}

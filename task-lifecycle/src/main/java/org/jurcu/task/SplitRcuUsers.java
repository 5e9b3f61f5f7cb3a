package org.jurcu.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jurcu.refcount.Refcount;
import org.jurcu.refcount.RefcountWarning;
import org.jurcu.refcount.RefcountWarnings;

/**
 * {@link TaskLayout#SPLIT}: {@code refcount_t rcu_users; struct rcu_head rcu;} side by side, as since Linux 6.4.
 *
 * <pre>
 *  count   31.............0
 *         +----------------+
 *         | refcount_t     |   beside the function
 *         +----------------+
 * </pre>
 *
 * The count stays 0 from the final put on. The rules are those of {@link Refcount}; the count is in this object rather
 * than in one of that class, so that a task reaches it by one pointer, as in the tagged layout.
 *
 * <p>Memory effects and progress: as {@link RcuUsersSlot}; letters as there.
 */
final class SplitRcuUsers extends SeparateFuncRcuUsers {
    private static final VarHandle COUNT;

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(SplitRcuUsers.class, "count", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // through COUNT
    private int count;

    @Override
    void init(int users) {
        COUNT.setRelease(this, users);
    }

    @Override
    int read() {
        return loadAcquireCount();
    }

    @Override
    long word() {
        return Integer.toUnsignedLong(loadAcquireCount());
    }

    @Override
    void inc() {
        int old = (int) COUNT.getAndAdd(this, 1);
        if (old <= 0 || old == Refcount.MAX) {
            repair(old == 0 ? RefcountWarning.ADD_UAF : RefcountWarning.ADD_OVF, old);
        }
    }

    @Override
    boolean incNotZero() {
        return incNotZero(loadOpaqueCount());
    }

    /** Goes on from a count that was read; apart so that tests can come in between. */
    boolean incNotZero(int seen) {
        int old = seen;
        while (old != 0) {
            int witness = (int) COUNT.compareAndExchangeAcquire(this, old, old + 1);
            if (witness == old) {
                if (old < 0 || old == Refcount.MAX) {
                    repair(RefcountWarning.ADD_NOT_ZERO_OVF, old);
                }
                return true;
            }
            old = witness;
        }
        return false;
    }

    @Override
    boolean put(int function) {
        // A: everything before this put before the final put's return. B: that after its subtraction, matches A.
        int old = (int) COUNT.getAndAdd(this, -1);
        if (old > 1) {
            return false;
        }
        return putSlow(old, function);
    }

    private boolean putSlow(int old, int function) {
        if (old == 1) {
            storeReleaseFunc(function);
            return true;
        }
        repair(RefcountWarning.SUB_UAF, old);
        return false;
    }

    private void repair(RefcountWarning warning, int old) {
        COUNT.setOpaque(this, Refcount.SATURATED);
        RefcountWarnings.report(warning, this, old);
    }

    int loadOpaqueCount() {
        return (int) COUNT.getOpaque(this);
    }

    private int loadAcquireCount() {
        return (int) COUNT.getAcquire(this);
    }

    @Override
    public String toString() {
        return "COUNT " + read();
    }
}

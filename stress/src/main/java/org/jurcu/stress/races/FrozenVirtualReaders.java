package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;
import org.jurcu.rcu.RcuHead;

/**
 * A frozen copy of the way in which {@code Rcu} counts virtual threads: {@link FrozenCounters} that the first reader makes
 * and publishes, and an epoch that the leader writes in any case. Lines are those of docs/grace-period.md section 13; each
 * twin overrides one step. A full fence stands in the place of R3.
 */
class FrozenVirtualReaders implements CountingDomain {
    private static final VarHandle COUNTERS = Handles.of(FrozenVirtualReaders.class, "counters", FrozenCounters.class);
    private static final VarHandle EPOCH = Handles.of(FrozenVirtualReaders.class, "epoch", long.class);

    @SuppressWarnings("UnusedVariable") // through EPOCH
    private long epoch;

    @SuppressWarnings("unused")
    private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;

    /** What the first reader publishes; made before, or the making would give the stores in flight time to land. */
    private final FrozenCounters fresh = new FrozenCounters() {
        @Override
        void readerFence() {
            FrozenVirtualReaders.this.readerFence();
        }

        @Override
        void updaterFence() {} // U4 has it
    };

    @SuppressWarnings("UnusedVariable") // through COUNTERS
    private FrozenCounters counters;

    @Override
    public final void readLock() {
        FrozenCounters present = counters();
        if (present == null) {
            present = fresh;
            COUNTERS.setRelease(this, present); // R0
        }
        present.readLock(); // R1, R2; M: R0 and R2 before the section's loads; matches U4
    }

    @Override
    public final void readUnlock() {
        counters().readUnlock();
    }

    @Override
    public final void synchronize() {
        FrozenCounters waitedFor = begin();
        if (waitedFor != null) {
            waitedFor.synchronize(); // S6 to S9
        }
    }

    /** U4 before U6: returns the counters that there were behind the new epoch. */
    FrozenCounters begin() {
        advance();
        return counters();
    }

    /** U4: unlinking before the look for counters, U6; matches M. */
    final void advance() {
        EPOCH.setOpaque(this, (long) EPOCH.getOpaque(this) + 1);
        VarHandle.fullFence();
    }

    /** M. */
    void readerFence() {
        VarHandle.fullFence();
    }

    final FrozenCounters counters() {
        return (FrozenCounters) COUNTERS.getAcquire(this);
    }

    @Override
    public final void call(RcuHead head) {
        synchronize();
        head.invoke();
    }

    @Override
    public final void barrier() {} // call() has invoked the head before it returns

    @Override
    public final long open() {
        FrozenCounters present = counters();
        long open = 0;
        for (int index = 0; index <= 1 && present != null; index++) {
            open += present.locks(index) - present.unlocks(index);
        }
        return open;
    }
}

package org.jurcu.stress.races;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jurcu.rcu.RcuHead;

/**
 * A frozen copy of the counters with two indexes, for one reader thread and one updater thread.
 *
 * <p>It is complete and correct as it stands. Each twin overrides one step and thereby leaves out one order, as with
 * {@link FrozenEpochs}. Lines and letters are those of docs/srcu.md. Neither side uses a read-modify-write: on x86 that
 * would be a full fence, and would hide that one is missing. In the place of S3 the reader has a full fence.
 */
class FrozenCounters implements GraceDomain {
    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle GATE = Handles.of(FrozenCounters.class, "gate", long.class);

    /** Where the counters of both indexes are: two lines apart, so that looks at them are two misses apart. */
    private static final int LOCKS = 16;

    private static final int UNLOCKS = 48;

    private final long[] counts = new long[64];

    private int held;

    @SuppressWarnings("unused")
    private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;

    @SuppressWarnings("UnusedVariable") // through GATE
    private long gate;

    @SuppressWarnings("unused")
    private long q00, q01, q02, q03, q04, q05, q06, q07, q08, q09, q10, q11, q12, q13, q14, q15;

    @Override
    public final void readLock() {
        held = index(); // S1
        lock(held);
    }

    @Override
    public final void readUnlock() {
        unlock(held);
    }

    /** S1: the index of the moment. */
    final int index() {
        return (int) ((long) GATE.getAcquire(this) >>> 1) & 1;
    }

    /** S2, with an index that may be old by now. */
    final void lock(int index) {
        addOne(LOCKS + index);
        readerFence();
    }

    /** S5. */
    final void unlock(int index) {
        VarHandle.releaseFence(); // P: section before its end; matches Q
        addOne(UNLOCKS + index);
    }

    /** For the only writer of that count. */
    private void addOne(int count) {
        COUNT.setOpaque(counts, count, (long) COUNT.getOpaque(counts, count) + 1);
    }

    @Override
    public final void synchronize() {
        step(); // S6
        updaterFence();
        firstScan(1 - index()); // S7
        step(); // S8
        scan(1 - index()); // S9
        VarHandle.acquireFence(); // Q: a section's end before whatever follows; matches P
    }

    @Override
    public final void call(RcuHead head) {
        synchronize();
        head.invoke();
    }

    @Override
    public final void barrier() {} // call() has invoked the head before it returns

    private void step() {
        GATE.setRelease(this, (long) GATE.getOpaque(this) + 1);
    }

    /** M: the count before the section's loads; matches N. */
    void readerFence() {
        VarHandle.fullFence();
    }

    /** N: unlinking and the step before the scans; matches M. */
    void updaterFence() {
        VarHandle.fullFence();
    }

    void firstScan(int index) {
        scan(index);
    }

    final void scan(int index) {
        while (open(index)) {
            Thread.onSpinWait();
        }
    }

    /** Unlocks before locks. */
    boolean open(int index) {
        long unlocks = unlocks(index);
        return unlocks != locks(index);
    }

    final long unlocks(int index) {
        return (long) COUNT.getAcquire(counts, UNLOCKS + index);
    }

    final long locks(int index) {
        return (long) COUNT.getAcquire(counts, LOCKS + index);
    }
}

package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;
import org.jurcu.rcu.RcuHead;

/**
 * A frozen copy of the epoch handshake for one reader thread and one updater thread.
 *
 * <p>It is complete and correct as it stands. Each twin overrides one step and thereby leaves out one order, so that
 * the tests know what a library with that defect looks like from outside; no switch for it exists in the library. The
 * letters are those of docs/grace-period.md. The updater uses no read-modify-write: on x86 that would be a full fence, and
 * would hide that one is missing.
 */
class FrozenEpochs implements GraceDomain {
    private static final VarHandle ANNOUNCED = Handles.of(FrozenEpochs.class, "announced", long.class);
    private static final VarHandle EPOCH = Handles.of(FrozenEpochs.class, "epoch", long.class);

    // One line for the reader's word and one for the updater's; the neighbour line is prefetched, hence 128 bytes.
    @SuppressWarnings("unused")
    private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;

    @SuppressWarnings("unused") // through ANNOUNCED; 0 = outside, otherwise the epoch in which the section began
    private long announced;

    @SuppressWarnings("unused")
    private long q00, q01, q02, q03, q04, q05, q06, q07, q08, q09, q10, q11, q12, q13, q14, q15;

    @SuppressWarnings("UnusedVariable") // through EPOCH
    private long epoch = 1;

    @SuppressWarnings("unused")
    private long r00, r01, r02, r03, r04, r05, r06, r07, r08, r09, r10, r11, r12, r13, r14, r15;

    @Override
    public void readLock() {
        announce();
        readerFence();
    }

    @Override
    public void readUnlock() {
        ANNOUNCED.setRelease(this, 0L); // B: section before its withdrawal; matches E
    }

    @Override
    public void synchronize() {
        long target = (long) EPOCH.getOpaque(this) + 1;
        EPOCH.setRelease(this, target); // unlinking before the new epoch
        updaterFence();
        awaitReaders(target);
    }

    @Override
    public void call(RcuHead head) {
        synchronize();
        head.invoke();
    }

    @Override
    public void barrier() {} // call() has invoked the head before it returns

    final void announce() {
        ANNOUNCED.setOpaque(this, (long) EPOCH.getAcquire(this));
    }

    /** A: announcement before the section's loads; matches C. */
    void readerFence() {
        VarHandle.fullFence();
    }

    /** C: unlinking and new epoch before the scan; matches A. */
    void updaterFence() {
        VarHandle.fullFence();
    }

    /** Waits until the reader is outside or in a section that began in the target epoch. */
    void awaitReaders(long target) {
        while (readerBefore(target)) {
            Thread.onSpinWait();
        }
        VarHandle.acquireFence(); // E: a section's end before whatever follows; matches B
    }

    final boolean isOutside() {
        return (long) ANNOUNCED.getAcquire(this) == 0;
    }

    final boolean readerBefore(long target) {
        long word = (long) ANNOUNCED.getOpaque(this);
        return word != 0 && word < target;
    }
}

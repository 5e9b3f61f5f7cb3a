package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;
import org.jurcu.rcu.RcuHead;

/**
 * A frozen copy of the algorithm of docs/qsbr.md for one reader thread and one updater thread, complete and correct as it
 * stands; each twin overrides one step. The updater is that of {@link FrozenEpochs}, but for an
 * atomic addition: the reader's test body moves the epoch on as well.
 *
 * <p>The reader is online between two calls of {@link #online} and {@link #offline}; to a test's body that is a section.
 */
class FrozenQuiescentStates implements GraceDomain {
    private static final VarHandle ANNOUNCED = Handles.of(FrozenQuiescentStates.class, "announced", long.class);
    private static final VarHandle EPOCH = Handles.of(FrozenQuiescentStates.class, "epoch", long.class);

    // One line for the reader's word and one for the updater's; the neighbour line is prefetched, hence 128 bytes.
    @SuppressWarnings("unused")
    private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;

    @SuppressWarnings("unused") // through ANNOUNCED; 0 = offline, otherwise the epoch of the last quiescent state
    private long announced;

    @SuppressWarnings("unused")
    private long q00, q01, q02, q03, q04, q05, q06, q07, q08, q09, q10, q11, q12, q13, q14, q15;

    @SuppressWarnings("UnusedVariable") // through EPOCH
    private long epoch = 1;

    @SuppressWarnings("unused")
    private long r00, r01, r02, r03, r04, r05, r06, r07, r08, r09, r10, r11, r12, r13, r14, r15;

    @Override
    public void readLock() {
        online();
    }

    @Override
    public void readUnlock() {
        offline();
    }

    @Override
    public void synchronize() {
        long target = (long) EPOCH.getAndAdd(this, 1L) + 1; // unlinking before the new epoch; matches I
        VarHandle.fullFence(); // C: unlinking and new epoch before the scan; matches A
        while (readerBefore(target)) {
            Thread.onSpinWait();
        }
        VarHandle.acquireFence(); // E: a piece's end before whatever follows; matches B
    }

    @Override
    public void call(RcuHead head) {
        synchronize();
        head.invoke();
    }

    @Override
    public void barrier() {} // call() has invoked the head before it returns

    /** Q6. */
    final void online() {
        ANNOUNCED.setOpaque(this, loadAcquireEpoch());
        onlineFence();
    }

    /** A: announcement before the stretch's loads; matches C. */
    void onlineFence() {
        VarHandle.fullFence();
    }

    /** Q1 to Q3: an epoch over an epoch, and no fence. */
    void quiescentState() {
        long now = loadAcquireEpoch(); // Q1 I: the new epoch before the next piece
        if (now != (long) ANNOUNCED.get(this)) {
            storeReleaseAnnounced(now); // Q3 B: piece before its end; matches E
        }
    }

    /** As if an earlier grace period had begun: the updater's word moves under the reader's announcement. */
    final void moveEpochOn() {
        EPOCH.getAndAdd(this, 1L);
    }

    /** Q5. */
    final void offline() {
        storeReleaseAnnounced(0);
    }

    final long loadAcquireEpoch() {
        return (long) EPOCH.getAcquire(this);
    }

    final void storeReleaseAnnounced(long value) {
        ANNOUNCED.setRelease(this, value);
    }

    private boolean readerBefore(long target) {
        long word = (long) ANNOUNCED.getOpaque(this);
        return word != 0 && word < target;
    }
}

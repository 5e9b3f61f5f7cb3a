package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;

/**
 * {@link FrozenEpochs} with the list of docs/grace-period.md section 14: a leader that finds the reader outside lets it doze, strikes
 * it off in a later period, and does not look at it from then on; a section of a reader that is not listed begins with having it
 * listed anew. Each twin overrides one step.
 */
class FrozenIdleReader extends FrozenEpochs {
    private static final VarHandle LISTING = Handles.of(FrozenIdleReader.class, "listing", int.class);
    private static final VarHandle BIT = Handles.of(FrozenIdleReader.class, "bit", int.class);
    private static final VarHandle LOCK = Handles.of(FrozenIdleReader.class, "lock", int.class);

    private static final int LISTED = 0;
    private static final int DOZING = 1;
    private static final int UNLISTED = 2;

    @SuppressWarnings("unused") // through LISTING
    private int listing;

    @SuppressWarnings("unused")
    private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;

    @SuppressWarnings("unused") // through BIT; 1 = the leader looks at the reader
    private int bit = 1;

    @SuppressWarnings("unused") // through LOCK
    private int lock;

    @Override
    public void readLock() {
        super.readLock();
        while ((int) LISTING.getOpaque(this) != LISTED) { // R3a, behind A
            super.readUnlock();
            wake();
            super.readLock();
        }
    }

    private void wake() {
        if (!LISTING.compareAndSet(this, DOZING, LISTED)) {
            acquire();
            list();
            release();
        }
    }

    /** R0: the bit before the word that says so. */
    void list() {
        storeBit();
        sayListed();
    }

    final void storeBit() {
        BIT.setRelease(this, 1);
    }

    final void sayListed() {
        LISTING.setRelease(this, LISTED);
    }

    @Override
    void awaitReaders(long target) {
        if ((int) BIT.getAcquire(this) == 0) {
            return;
        }
        if (isOutside()) {
            restIn();
        }
        super.awaitReaders(target);
    }

    private void restIn() {
        int seen = (int) LISTING.getOpaque(this);
        if (seen == DOZING) {
            Meeting.pause(); // as the leader of the library looks at others in between
            strikeOff(); // U6b
        } else if (seen == LISTED) {
            firstLook();
        }
    }

    /** U6a: the next period's fence is between this store and the look that counts. */
    void firstLook() {
        LISTING.setRelease(this, DOZING);
    }

    private void strikeOff() {
        acquire();
        if (mayStrikeOff()) {
            BIT.setRelease(this, 0);
        }
        release();
    }

    /** Only if the owner has not woken the reader since. */
    boolean mayStrikeOff() {
        return LISTING.compareAndSet(this, DOZING, UNLISTED);
    }

    final void strikeOffUnlooked() {
        LISTING.setRelease(this, UNLISTED);
        BIT.setRelease(this, 0);
    }

    final void storeUnlisted() {
        LISTING.setRelease(this, UNLISTED);
    }

    private void acquire() {
        while (!LOCK.compareAndSet(this, 0, 1)) {
            Thread.onSpinWait();
        }
    }

    private void release() {
        LOCK.setRelease(this, 0);
    }
}

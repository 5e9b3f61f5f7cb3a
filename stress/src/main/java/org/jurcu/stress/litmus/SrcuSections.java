package org.jurcu.stress.litmus;

import org.jurcu.rcu.Srcu;

/** Sections with tokens, which may end in any order. */
final class SrcuSections implements Sections {
    private static final int MOST = 8;

    private final Srcu srcu;
    private final int[] tokens = new int[MOST];
    private int open;

    SrcuSections(Srcu srcu) {
        this.srcu = srcu;
    }

    @Override
    public void lock() {
        tokens[open] = srcu.readLock();
        open++;
    }

    @Override
    public void unlock() {
        open--;
        srcu.readUnlock(tokens[open]);
    }

    @Override
    public void unlockOldest() {
        int oldest = tokens[0];
        open--;
        System.arraycopy(tokens, 1, tokens, 0, open);
        srcu.readUnlock(oldest);
    }

    @Override
    public void close() {
        while (open > 0) {
            unlock();
        }
    }
}

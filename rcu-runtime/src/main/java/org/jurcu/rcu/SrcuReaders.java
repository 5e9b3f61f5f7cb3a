package org.jurcu.rcu;

/** The readers of {@link Srcu}: counted, and known to nobody but in strict mode. */
final class SrcuReaders implements Readers {
    private final String domain;
    private final SectionCounters counters;
    private final int tag;
    private final StrictSections strict; // null unless in strict mode

    SrcuReaders(String domain, SectionCounters counters, StrictSections strict) {
        this.domain = domain;
        this.counters = counters;
        this.strict = strict;
        tag = SectionToken.newTag();
    }

    int lock() {
        int slot = counters.enter(); // S1, S2
        try {
            // S3: orders the section after every unlinking for which S2 came too late.
            if (counters.isClosed()) {
                throw Misuse.closed(domain);
            }
            return strict == null ? tag | slot : strict.add(slot);
        } catch (Throwable e) { // closed, no memory, or the end of the stack: the caller will have no token
            counters.exitIfOpen(slot); // no other end: a wrong token may have taken this one
            throw e;
        }
    }

    void unlock(int token) {
        int slot;
        if (strict == null) {
            slot = token ^ tag;
            if (Integer.compareUnsigned(slot, counters.slots()) >= 0) {
                throw Misuse.foreignToken(domain, token);
            }
        } else {
            slot = unlockStrictly(token);
        }
        if (!counters.exitIfOpen(slot)) { // S5
            throw Misuse.releasedToken(domain, token);
        }
    }

    private int unlockStrictly(int token) {
        if (!strict.remove(token)) {
            throw Misuse.releasedToken(domain, token);
        }
        return SectionToken.slot(token);
    }

    @Override
    public void beginGracePeriod() {
        counters.begin(); // S6
    }

    @Override
    public boolean pollGracePeriod() {
        return counters.poll(); // S7, S8, S9
    }

    @Override
    public void listHoldouts(HoldoutList list) {
        int index = counters.waitedIndex();
        long known = strict == null ? 0 : strict.listTo(list, index);
        list.addUnnamed(Math.max(0, counters.open(index) - known));
    }

    @Override
    public long countHoldouts() {
        return counters.open();
    }

    @Override
    public boolean callerIsInside() {
        return strict != null && strict.callerHasOne();
    }

    /** Its section may be another's to end, and closing waits for sections only if a callback does. */
    @Override
    public boolean callerMustNotClose() {
        return false;
    }

    /** A section belongs to no thread: another may have been told to end it. */
    @Override
    public boolean leaveCompletely() {
        return false;
    }

    @Override
    public void report() {}

    @Override
    public void close() {
        counters.close();
    }

    @Override
    public boolean isClosed() {
        return counters.isClosed();
    }

    @Override
    public int registered() {
        return 0;
    }

    @Override
    public long diedInside() {
        return 0;
    }
}

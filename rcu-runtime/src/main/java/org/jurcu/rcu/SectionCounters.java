package org.jurcu.rcu;

/**
 * Counts the sections of readers who are not registered: SRCU's algorithm. The lines S1 to S9 are those of docs/srcu.md.
 *
 * <p>A section is counted when it begins and when it ends, with the index that was current at its beginning, on the stripe
 * of the thread that began it. A <em>slot</em> is what its end needs:
 *
 * <pre>
 *  6 .. 1   stripe
 *  0        index
 * </pre>
 *
 * <p>A grace period waits, on each stripe, until as many sections have ended as have begun with the index that is not
 * current, makes that one current, and waits the same way for the other. New sections never use the index that is waited for, but for stragglers
 * that had read the gate before it moved; so their stream cannot hold a grace period up.
 */
final class SectionCounters {
    static final int STRIPE_BITS = 6;
    static final int SLOT_BITS = STRIPE_BITS + 1;
    private static final int STRIPES_PER_PROCESSOR = 4;

    static { // links every access once, which takes more stack than the access: not in the unlock of somebody's last
        // frame
        SectionCounters sample = new SectionCounters(1, 0);
        for (int index = 0; index <= 1; index++) {
            sample.exit(sample.enter(index));
            sample.exitIfOpen(sample.enter(index));
        }
    }

    private final IndexGate gate = new IndexGate();
    private final CounterStripe[] stripes;
    private final int hashShift;

    // Owned by the leader.
    private int position; // the stripe that the scan in progress has reached

    SectionCounters(int processors) {
        this(stripesFor(processors), 0);
    }

    /** With a power of two of stripes, whose counters begin at a number, for tests of their wrap. */
    SectionCounters(int stripeCount, long initial) {
        stripes = new CounterStripe[stripeCount];
        for (int i = 0; i < stripeCount; i++) {
            stripes[i] = new CounterStripe(initial);
        }
        hashShift = Long.SIZE - 1 - Integer.numberOfTrailingZeros(stripeCount);
    }

    /** More stripes than processors, so that two threads that run rarely meet on one. */
    static int stripesFor(int processors) {
        int most = 1 << STRIPE_BITS;
        return processors >= most
                ? most
                : Math.min(most, DomainOptions.ceilingPowerOfTwo(processors * STRIPES_PER_PROCESSOR));
    }

    static int index(int slot) {
        return slot & 1;
    }

    private CounterStripe stripe(int slot) {
        return stripes[slot >>> 1];
    }

    /** Returns the number of slots. */
    int slots() {
        return stripes.length << 1;
    }

    // ---- readers ----

    /**
     * Counts a section of the calling thread, and returns its slot. The caller must then load a word that the leader
     * writes before it scans, as S3, and use its value: the gate by {@link #isClosed}, or one of its own.
     */
    int enter() {
        return enter(IndexGate.index(gate.loadVolatile())); // S1
    }

    /** S2 alone; a thread may lose its processor for long in front of it. */
    int enter(int index) {
        int stripe = stripeOfCaller();
        stripes[stripe].getAndAddVolatileLocks(
                index); // S2 M: the count before S3, and so before the section; matches N
        return stripe << 1 | index;
    }

    /** Counts the end of a section that is known to be open; any thread may. */
    void exit(int slot) {
        stripe(slot).getAndAddVolatileUnlocks(index(slot)); // S5 P: section before its end; matches Q
    }

    /**
     * As {@link #exit}, unless no section is open on that slot: then it changes nothing and returns false. So an end too
     * many never outweighs a beginning, whatever its caller does wrong.
     */
    boolean exitIfOpen(int slot) {
        CounterStripe stripe = stripe(slot);
        int index = index(slot);
        for (; ; ) {
            long unlocks = stripe.loadVolatileUnlocks(index); // first, as in loadVolatileOpen
            long locks = stripe.loadVolatileLocks(index);
            if (locks - unlocks <= 0) {
                return false;
            }
            if (stripe.casVolatileUnlocks(index, unlocks, unlocks + 1)) { // S5 P, as in exit
                return true;
            }
        }
    }

    /** By owner, and never by carrier or processor. Neighbouring ids get distant stripes. */
    private int stripeOfCaller() {
        long id = ThreadIds.spread(Thread.currentThread()); // getId() may be overridden
        return (int) ((id * 0x9E37_79B9_7F4A_7C15L) >>> 1 >>> hashShift);
    }

    /** S3, for readers who have no other word for it. */
    boolean isClosed() {
        return gate.isClosed(); // its value must be used, as that of R3
    }

    void close() {
        gate.close();
    }

    // ---- the leader ----

    /** Begins a grace period, unless it began before and its leader failed. */
    void begin() {
        position = 0;
        if (!IndexGate.isBegun(gate.loadVolatile())) {
            gate.stepVolatile(); // S6 N: what came before the period before the scans; matches M
        }
    }

    /** Goes on with the grace period as far as it can without waiting, and returns whether it is over. */
    boolean poll() {
        long present = gate.loadVolatile();
        if (IndexGate.isBegun(present)) {
            if (!scan(1 - IndexGate.index(present))) { // S7
                return false;
            }
            position = 0;
            present = gate.stepVolatile(); // S8
        }
        return scan(1 - IndexGate.index(present)); // S9
    }

    /** Moves on to the first stripe on which a section with that index is open, and returns whether there was none. */
    private boolean scan(int index) {
        while (position < stripes.length) {
            if (stripes[position].loadVolatileOpen(index) != 0) { // Q: sections before what follows; matches P
                return false;
            }
            position++; // for good: who had begun on that stripe before S6 has ended
        }
        return true;
    }

    /** Returns the index whose sections are waited for, while a grace period is in progress. */
    int waitedIndex() {
        return 1 - IndexGate.index(gate.loadVolatile());
    }

    /** Returns how many sections with that index are open; at rest exactly, and never fewer than all the time of the call. */
    long open(int index) {
        long sum = 0;
        for (CounterStripe stripe : stripes) {
            sum += stripe.loadVolatileOpen(index);
        }
        return sum;
    }

    /** Returns how many sections are open, whichever index they have. */
    long open() {
        return open(0) + open(1);
    }
}

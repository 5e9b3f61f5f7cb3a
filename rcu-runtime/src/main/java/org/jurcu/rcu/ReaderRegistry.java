package org.jurcu.rcu;

import java.util.BitSet;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The records of a domain's readers.
 *
 * <p>Records never move between slots, so that a leader scans without the lock and still meets each record. A new record
 * takes the lowest free slot, and {@link #bound} falls when the highest slots are free: the cost of a scan follows the
 * number of readers, not the number that there ever were.
 *
 * <p>Publication goes slots, slot, bit in {@link #listed}, {@link #bound} (each volatile); a scan reads bound, bit, slots,
 * slot: whatever bound or bit it sees, the array that it then sees is long enough.
 *
 * <p>Where many have registered, those that do nothing are struck off the list, and cost a scan no look at their memory:
 *
 * <pre>
 *            leader, found outside in every 32nd scan      leader, found outside 16 to 31 scans later
 *   LISTED  -----------------------------------&gt; DOZING  ---------------------------------&gt; UNLISTED
 *      ^                                            |                                             |
 *      +------- owner, in its next section ---------+------- owner, likewise, under the lock -----+
 * </pre>
 */
final class ReaderRegistry {
    private static final int FIRST_CAPACITY = 16;
    /**
     * How many slots, and which part of them, a grace period at least looks through for dead threads that left no section
     * open. Asking a thread whether it lives costs several times a look at its record, so it is a small part: after a
     * burst of readers it takes so many periods until all are forgotten.
     */
    private static final int SWEEP_STEP = 64;

    static final int SWEEP_PERIODS = 512;

    /** So few readers are left alone: to look at them costs less than to bring one back. */
    static final int UNDISTURBED = 64;

    /** A reader that has a section now and then is disturbed once in so many periods at most. */
    static final int CYCLE = 32; // a power of two

    /** And is struck off, which costs it the lock, only if it had no section in as many. */
    static final int DOZE_AT_LEAST = CYCLE / 2;

    /**
     * A full array grows unless one in so many slots was a dead thread's: those who register search as many slots each, on
     * average. Were the only slot of a dead thread enough, each might search all.
     */
    static final int WORTH_SEARCHING = 8;

    final RegistryLock lock = new RegistryLock();
    private final BitSet taken = new BitSet();
    private int lowestFree;
    private long searched;

    // Owned by the leader.
    private int sweepPosition;
    private int scans;

    private volatile AtomicReferenceArray<ReaderRecord> slots = new AtomicReferenceArray<>(FIRST_CAPACITY);
    private volatile int bound;

    /** Bit i: scans meet slot i. Written under the lock. */
    private volatile AtomicLongArray listed = new AtomicLongArray(wordsFor(FIRST_CAPACITY));

    /** Written under the lock; a thread looks up only itself. */
    private final Map<OwnerKey, ReaderRecord> owners = new ConcurrentHashMap<>();

    /** The fast way to the calling thread's own record. */
    final ReaderRecord[] cache;

    private volatile int registered; // written under the lock, as the next
    private volatile int additions;
    private final AtomicLong diedInside = new AtomicLong();
    private final Queue<ReaderRecord> unreported = new ConcurrentLinkedQueue<>();

    ReaderRegistry(ReaderRecord[] cache) {
        this.cache = cache;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // all updates are made under the lock
    void add(ReaderRecord record) {
        Thread me = Thread.currentThread();
        try {
            lock.acquire(me);
            int slot = taken.nextClearBit(lowestFree);
            if (slot == slots.length()) {
                if (removeDead() < slots.length() / WORTH_SEARCHING) {
                    grow();
                }
                slot = taken.nextClearBit(lowestFree);
            }
            record.slot = slot; // first: from here on removeLocked() undoes what was done
            registered = registered + 1;
            additions = additions + 1;
            taken.set(slot);
            lowestFree = slot + 1;
            slots.set(slot, record); // R0
            list(slot); // R0
            bound = taken.length();
            // Last: should this fail, a record is left over; were it first, one could be found that no scan meets.
            owners.put(record.ownerReference(), record);
            ReaderCache.offer(cache, record);
        } catch (Throwable e) {
            if (lock.holder == me) {
                removeLocked(record); // or it would stay until its thread ends
            }
            throw e;
        } finally {
            if (lock.holder == me) {
                lock.holder = null; // by no method: there may be no stack for one
            }
        }
    }

    /** Returns the calling thread's record, or null. Takes no lock: others add and remove only records of their own. */
    ReaderRecord findCurrent() {
        return owners.get(new OwnerKey(Thread.currentThread()));
    }

    private void grow() {
        AtomicReferenceArray<ReaderRecord> old = slots;
        AtomicReferenceArray<ReaderRecord> larger = new AtomicReferenceArray<>(old.length() * 2);
        for (int i = 0; i < old.length(); i++) {
            larger.setPlain(i, old.get(i));
        }
        AtomicLongArray moreBits = new AtomicLongArray(wordsFor(larger.length()));
        for (int i = 0; i < listed.length(); i++) {
            moreBits.setPlain(i, listed.get(i));
        }
        listed = moreBits;
        slots = larger;
    }

    private static int wordsFor(int slots) {
        return (slots + Long.SIZE - 1) / Long.SIZE;
    }

    private void list(int slot) {
        int word = slot / Long.SIZE;
        listed.set(word, listed.get(word) | 1L << slot);
    }

    private void unlist(int word, long bits) {
        listed.set(word, listed.get(word) & ~bits);
    }

    /**
     * Has the calling thread's record, which is outside every section, met by scans again. Returns false if it has been
     * removed: its owner was taken for dead.
     */
    boolean wake(ReaderRecord record) {
        if (record.casVolatileListing(ReaderRecord.DOZING, ReaderRecord.LISTED)) {
            return true; // it was listed all the time
        }
        Thread me = Thread.currentThread();
        try {
            lock.acquireYielding(me); // not parking, if it can be helped: this is in the middle of a lock()
            if (record.slot == ReaderRecord.UNREGISTERED) {
                return false;
            }
            list(record.slot); // R0
            record.listing = ReaderRecord.LISTED; // last: should it fail before, the owner comes again
            return true;
        } finally {
            if (lock.holder == me) {
                lock.holder = null;
            }
        }
    }

    /** Removes a record whose owner is outside every section. */
    void remove(ReaderRecord record) {
        Thread me = Thread.currentThread();
        try {
            lock.acquire(me);
            removeLocked(record);
        } finally {
            if (lock.holder == me) {
                lock.holder = null;
            }
        }
    }

    /**
     * Removes the record of a dead thread, unless somebody is at work here: a leader waits for readers and for nobody else.
     * Then a later sweep or scan comes across it.
     */
    void reclaim(ReaderRecord record) {
        Thread me = Thread.currentThread();
        try {
            if (lock.tryAcquire(me)) {
                reclaimLocked(record);
            }
        } finally {
            if (lock.holder == me) {
                lock.holder = null;
            }
        }
    }

    private void reclaimLocked(ReaderRecord record) {
        if (removeLocked(record) && record.loadVolatileAnnounced() > 0) {
            diedInside.incrementAndGet();
            unreported.add(record); // its words are made behind the lock
        }
    }

    /** Logs who died inside a section; the caller holds no lock and leads nothing, as a logger may do anything. */
    void reportDeaths() {
        for (ReaderRecord dead = unreported.poll(); dead != null; dead = unreported.poll()) {
            Reports.warn(dead.deathReport(), null);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // all updates are made under the lock
    private boolean removeLocked(ReaderRecord record) {
        int slot = record.slot;
        if (slot == ReaderRecord.UNREGISTERED) {
            return false;
        }
        ReaderCache.remove(cache, record);
        owners.remove(record.ownerReference(), record);
        // From here on it is unregistered, whatever fails below: then a slot stays taken, and no other record is
        // touched.
        record.slot = ReaderRecord.UNREGISTERED;
        registered = registered - 1;
        unlist(slot / Long.SIZE, 1L << slot); // R6
        slots.set(slot, null); // R6
        taken.clear(slot);
        lowestFree = Math.min(lowestFree, slot);
        bound = taken.length();
        return true;
    }

    /** Returns how many it has removed. */
    private int removeDead() {
        int before = registered;
        int limit = bound;
        searched += limit;
        for (int i = 0; i < limit; i++) {
            ReaderRecord record = slots.get(i);
            if (record != null && record.ownerIsDead()) {
                reclaimLocked(record);
            }
        }
        return before - registered;
    }

    /** Looks at the next few slots for dead threads; called by the leader. */
    void sweepSome() {
        int limit = bound;
        AtomicReferenceArray<ReaderRecord> array = slots;
        for (int i = Math.min(limit, Math.max(SWEEP_STEP, limit / SWEEP_PERIODS + 1)); i > 0; i--) {
            if (sweepPosition >= limit) {
                sweepPosition = 0;
            }
            ReaderRecord record = array.get(sweepPosition++);
            if (record != null && record.ownerIsDead()) {
                reclaim(record);
            }
        }
    }

    /** Adds to {@code holdouts} each record that announces a section from before {@code epoch}. */
    void collect(long epoch, Holdouts holdouts) {
        int phase = registered > UNDISTURBED ? ++scans & CYCLE - 1 : -1;
        int words = wordsFor(bound); // U6: bound, bit, slots, slot
        for (int word = 0; word < words; word++) {
            long sleepers = collectWord(word, epoch, holdouts, phase == 0);
            if (sleepers != 0 && phase >= DOZE_AT_LEAST) {
                strikeOff(word, sleepers);
            }
        }
    }

    /**
     * {@link #collect} for 64 slots; returns who was found outside and has dozed since an earlier scan, a bit each. A method
     * of its own, so that the JIT compiler has it after some scans, however long the first ones are.
     */
    long collectWord(int word, long epoch, Holdouts holdouts, boolean mayDoze) {
        long sleepers = 0;
        long bits = listed.get(word);
        if (bits == 0) {
            return 0;
        }
        AtomicReferenceArray<ReaderRecord> array = slots;
        for (; bits != 0; bits &= bits - 1) {
            int bit = Long.numberOfTrailingZeros(bits);
            ReaderRecord record = array.get(word * Long.SIZE + bit);
            if (record == null) {
                continue;
            }
            // U7 E: a section's end before whatever follows the period; matches B
            long announced = record.loadVolatileAnnounced();
            if (Holdouts.isHoldout(announced, epoch)) {
                holdouts.add(record);
            } else if (announced <= 0) {
                int listing = record.listing;
                if (listing == ReaderRecord.DOZING) { // since an earlier scan, in front of C; matches A
                    sleepers |= 1L << bit;
                } else if (mayDoze && listing == ReaderRecord.LISTED) {
                    record.listing = ReaderRecord.DOZING; // U6a: before the next period's C; matches A
                }
            }
        }
        return sleepers;
    }

    /**
     * U6b, of one word's readers. Whoever has woken up since stays, and whoever has come to such a slot since: it does not
     * doze. If somebody is at work here, all stay until a later scan.
     */
    void strikeOff(int word, long sleepers) {
        Thread me = Thread.currentThread();
        try {
            if (lock.tryAcquire(me)) {
                long struck = 0;
                for (long bits = sleepers; bits != 0; bits &= bits - 1) {
                    int bit = Long.numberOfTrailingZeros(bits);
                    ReaderRecord record = slots.get(word * Long.SIZE + bit);
                    if (record != null && record.casVolatileListing(ReaderRecord.DOZING, ReaderRecord.UNLISTED)) {
                        struck |= 1L << bit;
                    }
                }
                unlist(word, struck);
            }
        } finally {
            if (lock.holder == me) {
                lock.holder = null;
            }
        }
    }

    /** Returns how often a reader was added; one that the caller added is among them. */
    int additions() {
        return additions;
    }

    int registered() {
        return registered;
    }

    long diedInside() {
        return diedInside.get();
    }

    /** Returns how many records a scan looks at. */
    int listed() {
        int count = 0;
        for (int i = 0; i < listed.length(); i++) {
            count += Long.bitCount(listed.get(i));
        }
        return count;
    }

    /** Returns how many slots those who registered have searched for dead threads. */
    long searched() {
        Thread me = Thread.currentThread();
        try {
            lock.acquire(me);
            return searched;
        } finally {
            if (lock.holder == me) {
                lock.holder = null;
            }
        }
    }

    /** Returns how many slots a sweep goes through. */
    int bound() {
        return bound;
    }
}

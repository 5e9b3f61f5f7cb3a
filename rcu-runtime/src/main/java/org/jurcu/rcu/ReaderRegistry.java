package org.jurcu.rcu;

import java.util.BitSet;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The records of a domain's readers.
 *
 * <p>Records never move between slots, so that a leader scans without the lock and still meets each record. A new record
 * takes the lowest free slot, and {@link #bound} falls when the highest slots are free: the cost of a scan follows the
 * number of readers, not the number that there ever were.
 *
 * <p>Publication goes slots, slot, bound (each volatile); a scan reads bound, slots, slot: whatever bound it sees, the
 * array that it then sees is long enough.
 */
final class ReaderRegistry {
    private static final int FIRST_CAPACITY = 16;
    /**
     * How many slots, and which part of them, a grace period at least looks through for dead threads that left no section
     * open. Asking a thread whether it lives costs several times a look at its record, so it is a small part: after a
     * burst of readers it takes so many periods until scans are as short as before it.
     */
    private static final int SWEEP_STEP = 64;

    static final int SWEEP_PERIODS = 64;

    final RegistryLock lock = new RegistryLock();
    private final BitSet taken = new BitSet();
    private int lowestFree;
    private int sweepPosition; // owned by the leader

    private volatile AtomicReferenceArray<ReaderRecord> slots = new AtomicReferenceArray<>(FIRST_CAPACITY);
    private volatile int bound;

    /** Written under the lock; a thread looks up only itself. */
    private final Map<OwnerKey, ReaderRecord> owners = new ConcurrentHashMap<>();

    /** The fast way to the calling thread's own record. */
    final ReaderRecord[] cache = ReaderCache.create();

    private volatile int registered; // written under the lock, as the next
    private volatile int additions;
    private final AtomicLong diedInside = new AtomicLong();
    private final Queue<String> unreported = new ConcurrentLinkedQueue<>();

    @SuppressWarnings("NonAtomicVolatileUpdate") // all updates are made under the lock
    void add(ReaderRecord record) {
        Thread me = Thread.currentThread();
        try {
            lock.acquire(me);
            int slot = taken.nextClearBit(lowestFree);
            if (slot == slots.length()) {
                removeDead();
                slot = taken.nextClearBit(lowestFree);
            }
            if (slot == slots.length()) {
                grow();
            }
            record.slot = slot; // first: from here on removeLocked() undoes what was done
            registered = registered + 1;
            additions = additions + 1;
            taken.set(slot);
            lowestFree = slot + 1;
            slots.set(slot, record); // R0
            bound = taken.length(); // R0
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
        slots = larger;
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
        if (removeLocked(record) && record.loadVolatileAnnounced() != 0) {
            diedInside.incrementAndGet();
            unreported.add(record.deathReport());
        }
    }

    /** Logs who died inside a section; the caller holds no lock and leads nothing, as a logger may do anything. */
    void reportDeaths() {
        for (String report = unreported.poll(); report != null; report = unreported.poll()) {
            Reports.warn(report, null);
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
        slots.set(slot, null); // R6
        taken.clear(slot);
        lowestFree = Math.min(lowestFree, slot);
        bound = taken.length();
        return true;
    }

    private void removeDead() {
        for (int i = 0; i < bound; i++) {
            ReaderRecord record = slots.get(i);
            if (record != null && record.ownerIsDead()) {
                reclaimLocked(record);
            }
        }
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
        int limit = bound; // U6: bound, slots, slot
        AtomicReferenceArray<ReaderRecord> array = slots;
        for (int i = 0; i < limit; i++) {
            ReaderRecord record = array.get(i);
            if (record != null && Holdouts.isHoldout(record, epoch)) {
                holdouts.add(record);
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

    /** Returns how many slots a scan looks at. */
    int bound() {
        return bound;
    }
}

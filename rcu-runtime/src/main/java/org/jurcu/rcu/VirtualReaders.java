package org.jurcu.rcu;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The virtual threads that read in an {@link Rcu} without a handle. Their sections are counted, so that a grace period
 * costs the same for ten of them and for a hundred thousand; the list of who they are is for the search for dead ones and
 * for reports. The argument is in docs/grace-period.md, "Virtual threads".
 */
final class VirtualReaders {
    /** How long a leader waits before it looks through the list for threads that died inside, and between two looks. */
    static final long SEARCH_NANOS = 100_000_000;

    private final String domain;
    private final Epoch epoch;
    final SectionCounters counters;

    // The value is a class of the JDK: a thread keeps neither domain nor class loader.
    @SuppressWarnings("ThreadLocalUsage") // one a domain: a thread has a state in each
    private final ThreadLocal<long[]> current = new ThreadLocal<>();

    /** Where those who are inside began, by the ids of their threads; null but in strict mode. */
    private final Map<Long, SectionEntry> entries = StrictMode.ON ? new ConcurrentHashMap<>() : null;

    private final Set<VirtualReader> readers = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<Thread> collected = new ReferenceQueue<>();
    private final AtomicLong diedInside = new AtomicLong();
    private final Queue<String> unreported = new ConcurrentLinkedQueue<>();

    // Owned by the leader.
    private long searchedAt;

    VirtualReaders(String domain, Epoch epoch, int processors) {
        this.domain = domain;
        this.epoch = epoch;
        counters = new SectionCounters(processors);
    }

    // ---- the virtual thread ----

    void enter() {
        long[] state = current.get();
        if (state == null) {
            state = add();
        }
        long depth = state[VirtualReader.NESTING];
        if (depth == 0) {
            state[VirtualReader.SLOT] = StrictMode.ON ? countWithEntry() : count();
            state[VirtualReader.NESTING] = 1;
        } else if (depth < Integer.MAX_VALUE) {
            state[VirtualReader.NESTING] = depth + 1; // the outermost section covers this one
        } else {
            throw Misuse.nestedTooDeeply(domain);
        }
    }

    /**
     * R1 to R3. The deepest call is the one that counts, deeper than those behind it and those of {@link #exit}: at the end
     * of the stack, where it succeeds the others do.
     */
    private int count() {
        int slot = counters.enter(); // R1, R2 M: the count before R3, and so before the section; matches U4
        try {
            if (epoch.loadVolatile() == Epoch.CLOSED) { // R3
                throw Misuse.closed(domain);
            }
        } catch (Throwable e) {
            counters.exit(slot);
            throw e;
        }
        return slot;
    }

    private int countWithEntry() {
        long thread = Thread.currentThread().getId();
        entries.put(thread, new SectionEntry());
        try {
            return count();
        } catch (Throwable e) {
            entries.remove(thread);
            throw e;
        }
    }

    /** Ends the innermost section, and returns false if there is none. */
    boolean exit() {
        long[] state = current.get();
        long depth = state == null ? 0 : state[VirtualReader.NESTING];
        if (depth == 0) {
            return false;
        }
        state[VirtualReader.NESTING] = depth - 1;
        if (depth == 1) {
            try {
                counters.exit((int) state[VirtualReader.SLOT]); // R5 P: section before its end; matches Q
            } catch (StackOverflowError e) {
                state[VirtualReader.NESTING] = 1; // still inside, so that an unlock further down the stack can succeed
                throw e;
            }
            if (StrictMode.ON) {
                entries.remove(Thread.currentThread().getId()); // a stack trace keeps classes
            }
        }
        return true;
    }

    boolean callerIsInside() {
        long[] state = current.get();
        return state != null && state[VirtualReader.NESTING] != 0;
    }

    /** Returns where the calling thread's section began; null outside, and unless in strict mode. */
    SectionEntry callerEntry() {
        return entryOf(Thread.currentThread().getId());
    }

    private SectionEntry entryOf(long threadId) {
        return StrictMode.ON ? entries.get(threadId) : null;
    }

    private long[] add() {
        if (epoch.isClosed()) {
            throw Misuse.closed(domain);
        }
        forgetCollected(); // as many as come may have gone, and no leader may look for long
        long[] state = new long[VirtualReader.WORDS];
        readers.add(new VirtualReader(Thread.currentThread(), state, collected));
        current.set(state);
        return state;
    }

    // ---- the leader ----

    void begin() {
        counters.begin();
        forgetCollected();
        searchedAt = System.nanoTime();
    }

    boolean poll() {
        if (counters.poll()) {
            return true;
        }
        long now = System.nanoTime();
        if (now - searchedAt < SEARCH_NANOS) {
            return false;
        }
        forgetDead();
        searchedAt = now;
        return counters.poll();
    }

    void listHoldouts(HoldoutList list) {
        int index = counters.waitedIndex();
        long known = 0;
        for (VirtualReader reader : readers) {
            int nesting = reader.loadOpaqueNesting();
            if (nesting != 0 && SectionCounters.index(reader.loadOpaqueSlot()) == index) {
                list.add(reader, reader.ownerName(), nesting, entryOf(reader.ownerId()));
                known++;
            }
        }
        list.addUnnamed(Math.max(0, counters.open(index) - known));
    }

    /** Returns how many threads are inside, whichever index they have. */
    long countOpen() {
        return counters.open();
    }

    private void forgetCollected() {
        for (Reference<?> ended = collected.poll(); ended != null; ended = collected.poll()) {
            forget((VirtualReader) ended);
        }
    }

    private void forgetDead() {
        for (VirtualReader reader : readers) {
            if (reader.ownerIsDead()) {
                forget(reader);
            }
        }
    }

    /** Ends what a dead thread has left open. Only one caller removes it from the list, and so ends it once. */
    private void forget(VirtualReader reader) {
        if (readers.remove(reader) && reader.loadOpaqueNesting() != 0) {
            counters.exit(reader.loadOpaqueSlot());
            if (StrictMode.ON) {
                entries.remove(reader.ownerId());
            }
            diedInside.incrementAndGet();
            unreported.add(reader.ownerName());
        }
    }

    /** Logs who died inside a section; the caller leads nothing. */
    void reportDeaths() {
        for (String thread = unreported.poll(); thread != null; thread = unreported.poll()) {
            Reports.warn(
                    "Thread \"" + thread + "\" died inside a read-side section of domain \"" + domain
                            + "\": the section counts as ended. Unlock in a finally block.",
                    null);
        }
    }

    long diedInside() {
        return diedInside.get();
    }

    /** Returns how many threads are remembered. */
    int remembered() {
        return readers.size();
    }

    /** Returns how many places of beginning are remembered, in strict mode. */
    int entriesKept() {
        return entries.size();
    }
}

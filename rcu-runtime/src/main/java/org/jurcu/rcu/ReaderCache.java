package org.jurcu.rcu;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A few registered records by their owners' ids, in front of the thread local.
 *
 * <p>Whoever comes first keeps a place until its record leaves the registry; a thread that finds its place taken does
 * without, lest two threads take it from each other and its cache line with it. A record is put in by its owner and taken
 * out by its owner or, after its death, by a sweep; so what a thread finds of its own is registered.
 */
final class ReaderCache {
    /** The length of a cache, which is a bare array, as each further hop costs a look-up a nanosecond. */
    static final int PLACES = 256; // a power of two

    private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(ReaderRecord[].class);

    private ReaderCache() {}

    /** Returns the calling thread's record, or null if it is not here. */
    static ReaderRecord find(ReaderRecord[] places) {
        Thread thread = Thread.currentThread();
        // Acquire: another thread's record may just have been put here, and is looked into.
        ReaderRecord record = (ReaderRecord) PLACE.getAcquire(places, place(thread));
        return record != null && record.isOwnedBy(thread) ? record : null;
    }

    /**
     * As {@link #find(ReaderRecord[])}, for a caller who has a use for {@code caller}, its {@link ThreadIds#of}. The load is
     * plain: of another thread's record, which may just have been put here, only final fields are looked at.
     */
    static RcuReader find(RcuReader[] places, long caller) {
        RcuReader reader = places[(int) caller & PLACES - 1];
        return reader != null
                        && (ThreadIds.UNIQUE ? reader.outside == -caller : reader.isOwnedBy(Thread.currentThread()))
                ? reader
                : null;
    }

    /** Puts in the calling thread's record, if its place is free. */
    static void offer(ReaderRecord[] places, ReaderRecord record) {
        int place = place(Thread.currentThread());
        if (PLACE.getAcquire(places, place) == null) {
            record.cachePlace = place; // first: should the next line fail behind its effect, it can be taken out
            PLACE.compareAndSet(places, place, null, record);
        }
    }

    /** Takes a record out, whose owner is the caller or dead. */
    static void remove(ReaderRecord[] places, ReaderRecord record) {
        PLACE.compareAndSet(places, record.cachePlace, record, null);
    }

    private static int place(Thread thread) {
        return ThreadIds.spread(thread) & PLACES - 1;
    }
}

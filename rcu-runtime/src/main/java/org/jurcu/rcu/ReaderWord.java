package org.jurcu.rcu;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What a reader tells the updaters, and what it keeps for itself.
 *
 * <pre>
 *  field      written by    read by            values
 *  announced  owner         owner, any leader  0: no section open, or offline; e &gt; 0: the epoch at the outermost lock,
 *                                              or at the last quiescent state
 *             owner         owner, any leader  Rcu: -id when no section is open, id &gt; 0 being the owner's thread id
 *  nesting    owner, plain  owner, reports     Rcu: id, or -n while n sections are open within the outermost one; Qsbr, in
 *                                              strict mode: how many are open
 *  listing    owner, leader owner, leader      LISTED, DOZING, UNLISTED; see {@link ReaderRegistry}
 * </pre>
 *
 * <p>The owner's id in both makes one comparison of what three would say: that the caller is the owner, that the reader is
 * registered, and that no section is open ({@code lock}) or that it is the outermost that ends ({@code unlock}).
 *
 * <p>To Rcu, being inside is the announcement and nothing else: no error between two steps can make two words differ.
 *
 * <p>One class holds both: an updater that polls {@code announced} takes a line that the owner is about to write anyway.
 */
abstract class ReaderWord extends LeadingPad {
    /** A scan meets the reader. */
    static final int LISTED = 0;

    /** Likewise, but the next one that finds no section open may be the last. */
    static final int DOZING = 1;

    /** No scan meets the reader, until its owner has had it listed anew. */
    static final int UNLISTED = 2;

    private static final VarHandle ANNOUNCED;
    private static final VarHandle LISTING;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            ANNOUNCED = lookup.findVarHandle(ReaderWord.class, "announced", long.class);
            LISTING = lookup.findVarHandle(ReaderWord.class, "listing", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    volatile long announced;
    long nesting;
    volatile int listing;

    final long loadVolatileAnnounced() {
        return announced;
    }

    /** For the owner, who wrote it. */
    final long loadPlainAnnounced() {
        return (long) ANNOUNCED.get(this);
    }

    final void storeVolatileAnnounced(long epoch) {
        announced = epoch;
    }

    final void storeReleaseAnnounced(long epoch) {
        ANNOUNCED.setRelease(this, epoch);
    }

    final boolean casVolatileListing(int expected, int next) {
        return LISTING.compareAndSet(this, expected, next);
    }
}

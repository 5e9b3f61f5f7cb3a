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
 *  nesting    owner, plain  owner, reports     Rcu: how many sections are open within the outermost one; Qsbr, in strict
 *                                              mode: how many are open
 * </pre>
 *
 * <p>To Rcu, being inside is the announcement and nothing else: no error between two steps can make two words differ.
 *
 * <p>One class holds both: an updater that polls {@code announced} takes a line that the owner is about to write anyway.
 */
abstract class ReaderWord extends LeadingPad {
    private static final VarHandle ANNOUNCED;

    static {
        try {
            ANNOUNCED = MethodHandles.lookup().findVarHandle(ReaderWord.class, "announced", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    volatile long announced;
    int nesting;

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
}

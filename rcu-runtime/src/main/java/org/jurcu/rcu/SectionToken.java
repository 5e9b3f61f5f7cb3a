package org.jurcu.rcu;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What {@code readLock} gives and {@code readUnlock} takes.
 *
 * <pre>
 *  31        0
 *  30 .. 7   tag, never 0: the domain's, or in strict mode the section's
 *   6 .. 0   slot, see {@link SectionCounters}
 * </pre>
 *
 * <p>Tags are numbers 1, 2, 3 .. modulo 2<sup>24</sup>, times an odd constant: each comes again only when all others have been
 * given, and a number that somebody made up is hardly one.
 */
final class SectionToken {
    private static final int TAG_BITS = 31 - SectionCounters.SLOT_BITS;
    private static final int TAG_MASK = (1 << TAG_BITS) - 1;
    private static final int SLOT_MASK = (1 << SectionCounters.SLOT_BITS) - 1;
    private static final int SCATTER = 0x9E_3779;

    private static final AtomicInteger LAST = new AtomicInteger();

    private SectionToken() {}

    /** Returns a tag in its place in a token. */
    static int newTag() {
        for (; ; ) {
            int tag = tag(LAST.incrementAndGet());
            if (tag != 0) {
                return tag;
            }
        }
    }

    static int tag(int number) {
        return (number * SCATTER & TAG_MASK) << SectionCounters.SLOT_BITS;
    }

    static int slot(int token) {
        return token & SLOT_MASK;
    }
}

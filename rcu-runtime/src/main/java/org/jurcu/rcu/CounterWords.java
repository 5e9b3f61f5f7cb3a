package org.jurcu.rcu;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How many sections have begun and ended on one stripe, for each of the two indexes.
 *
 * <pre>
 *  field                written by           read by      values
 *  locks0, locks1       any reader, S2       the leader   sections that have begun with that index
 *  unlocks0, unlocks1   whoever ends it, S5  the leader   of those, the ones that have ended
 * </pre>
 *
 * <p>They only grow, modulo 2<sup>64</sup>. What counts is the difference of a pair, which is the number of open sections
 * and far from 2<sup>63</sup>; so they may wrap.
 */
abstract class CounterWords extends LeadingPad {
    private static final VarHandle LOCKS0;
    private static final VarHandle LOCKS1;
    private static final VarHandle UNLOCKS0;
    private static final VarHandle UNLOCKS1;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LOCKS0 = lookup.findVarHandle(CounterWords.class, "locks0", long.class);
            LOCKS1 = lookup.findVarHandle(CounterWords.class, "locks1", long.class);
            UNLOCKS0 = lookup.findVarHandle(CounterWords.class, "unlocks0", long.class);
            UNLOCKS1 = lookup.findVarHandle(CounterWords.class, "unlocks1", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long locks0;
    private volatile long unlocks0;
    private volatile long locks1;
    private volatile long unlocks1;

    CounterWords(long initial) {
        locks0 = initial;
        unlocks0 = initial;
        locks1 = initial;
        unlocks1 = initial;
    }

    // Two branches and not a chosen handle: only a constant one is inlined.

    final void getAndAddVolatileLocks(int index) {
        if (index == 0) {
            LOCKS0.getAndAdd(this, 1L);
        } else {
            LOCKS1.getAndAdd(this, 1L);
        }
    }

    final void getAndAddVolatileUnlocks(int index) {
        if (index == 0) {
            UNLOCKS0.getAndAdd(this, 1L);
        } else {
            UNLOCKS1.getAndAdd(this, 1L);
        }
    }

    final boolean casVolatileUnlocks(int index, long expected, long newValue) {
        return index == 0
                ? UNLOCKS0.compareAndSet(this, expected, newValue)
                : UNLOCKS1.compareAndSet(this, expected, newValue);
    }

    final long loadVolatileLocks(int index) {
        return index == 0 ? locks0 : locks1;
    }

    final long loadVolatileUnlocks(int index) {
        return index == 0 ? unlocks0 : unlocks1;
    }

    /**
     * Returns how many sections with that index are open: not fewer than were open all the time of the call, and 0 only if
     * each that had begun before it has ended.
     */
    final long loadVolatileOpen(int index) {
        long unlocks = loadVolatileUnlocks(index); // first: each of these ends then has its beginning among the locks
        return loadVolatileLocks(index) - unlocks;
    }
}

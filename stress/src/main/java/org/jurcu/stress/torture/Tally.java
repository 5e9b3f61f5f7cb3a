package org.jurcu.stress.torture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** What one reader counts, in an array of its own with a cache line to spare at each end. */
final class Tally {
    /** Sections; what each counts stands at that offset. */
    static final int SECTIONS = 0;

    static final int NESTED = 1;
    static final int SWAPPED = 2;
    static final int BLOCKED = 3;
    static final int MAIL = 4;
    static final int COOKIES = 5;
    static final int HANDED_OVER = 6;
    static final int CALLS_INSIDE = 7;
    /** From here on, sections by the age of their element at their end. */
    static final int AGES = 8;
    /** From here on, sections by how many grace periods ended meanwhile, of those that asked. */
    static final int PERIODS = AGES + Element.END + 1;

    static final int SIZE = PERIODS + Element.END + 1;

    private static final int PAD = 16;
    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] cells = new long[PAD + SIZE + PAD];

    /** By the owner alone. */
    void count(int what) {
        cells[PAD + what]++;
    }

    /** As {@link #count}, of what others look at meanwhile. */
    void countSection() {
        CELLS.setOpaque(cells, PAD, cells[PAD] + 1);
    }

    void countAge(int age) {
        count(AGES + Math.min(age, Element.END));
    }

    void countPeriods(long periods) {
        count(PERIODS + (int) Math.max(0, Math.min(periods, Element.END)));
    }

    /** Exact when the owner has ended, before that a look. */
    long get(int what) {
        return (long) CELLS.getOpaque(cells, PAD + what);
    }
}

package org.jurcu.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** 128 bytes before the words: two cache lines, since adjacent ones are fetched together. */
@SuppressWarnings("unused") // never read: they only take room
abstract class PaddedCellBefore {
    int hole; // between the header and the first long, where the JVM would put intWord
    long b00, b01, b02, b03, b04, b05, b06, b07, b08, b09, b10, b11, b12, b13, b14, b15;
}

/** The words, laid out after the superclass's fields and before the subclass's. */
abstract class PaddedCellWords extends PaddedCellBefore {
    volatile long longWord;
    volatile int intWord;
}

/** A long, or an int, that shares its cache line with nobody: what the floors count in. One cell serves one of them. */
@SuppressWarnings("unused") // never read: they only take room
final class PaddedCell extends PaddedCellWords {
    long a00, a01, a02, a03, a04, a05, a06, a07, a08, a09, a10, a11, a12, a13, a14, a15;

    private static final VarHandle LONG_WORD;
    private static final VarHandle INT_WORD;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LONG_WORD = lookup.findVarHandle(PaddedCellWords.class, "longWord", long.class);
            INT_WORD = lookup.findVarHandle(PaddedCellWords.class, "intWord", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    PaddedCell(int initial) {
        longWord = initial;
        intWord = initial;
    }

    long loadVolatileLong() {
        return longWord;
    }

    void storeReleaseLong(long value) {
        LONG_WORD.setRelease(this, value);
    }

    long getAndAddLong(long delta) {
        return (long) LONG_WORD.getAndAdd(this, delta);
    }

    int loadVolatileInt() {
        return intWord;
    }

    int getAndAddInt(int delta) {
        return (int) INT_WORD.getAndAdd(this, delta);
    }

    boolean casInt(int expected, int value) {
        return INT_WORD.compareAndSet(this, expected, value);
    }
}

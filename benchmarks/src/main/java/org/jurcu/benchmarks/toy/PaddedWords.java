package org.jurcu.benchmarks.toy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** 128 bytes before the words: two cache lines, since adjacent ones are fetched together. */
@SuppressWarnings("unused") // never read: they only take room
abstract class PaddingBefore {
    long b00, b01, b02, b03, b04, b05, b06, b07, b08, b09, b10, b11, b12, b13, b14, b15;
}

/** The words, laid out after the superclass's fields and before the subclass's. */
abstract class WordsBetween extends PaddingBefore {
    private static final VarHandle FIRST;
    private static final VarHandle SECOND;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            FIRST = lookup.findVarHandle(WordsBetween.class, "firstWord", long.class);
            SECOND = lookup.findVarHandle(WordsBetween.class, "secondWord", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long firstWord;

    @SuppressWarnings("unused") // accessed through SECOND
    private volatile long secondWord;

    /** No other thread looks at this one. */
    long ownWord;

    final long loadVolatileFirst() {
        return firstWord;
    }

    final long loadOpaqueFirst() {
        return (long) FIRST.getOpaque(this);
    }

    final void storeVolatileFirst(long value) {
        firstWord = value;
    }

    final void storeReleaseFirst(long value) {
        FIRST.setRelease(this, value);
    }

    final void storeOpaqueFirst(long value) {
        FIRST.setOpaque(this, value);
    }

    final boolean casFirst(long expected, long value) {
        return FIRST.compareAndSet(this, expected, value);
    }

    final void getAndAddFirst(long delta) {
        FIRST.getAndAdd(this, delta);
    }

    /** Reads the first word, or the second for a {@code which} of 1. */
    final long loadVolatile(long which) {
        return which == 0 ? (long) FIRST.getVolatile(this) : (long) SECOND.getVolatile(this);
    }

    /** Adds to a word that only the caller writes. */
    final void addOpaque(long which, long delta) {
        VarHandle word = which == 0 ? FIRST : SECOND;
        word.setOpaque(this, (long) word.getOpaque(this) + delta);
    }

    /** Adds to a word that only the caller writes. */
    final void addRelease(long which, long delta) {
        VarHandle word = which == 0 ? FIRST : SECOND;
        word.setRelease(this, (long) word.getOpaque(this) + delta);
    }
}

/** Words that share their cache lines with nobody else's. */
@SuppressWarnings("unused") // never read: they only take room
class PaddedWords extends WordsBetween {
    long a00, a01, a02, a03, a04, a05, a06, a07, a08, a09, a10, a11, a12, a13, a14, a15;
}

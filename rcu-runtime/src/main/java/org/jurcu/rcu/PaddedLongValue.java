package org.jurcu.rcu;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The word of a {@link PaddedLong}. */
abstract class PaddedLongValue extends LeadingPad {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(PaddedLongValue.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long value;

    PaddedLongValue(long initial) {
        value = initial;
    }

    final long loadVolatile() {
        return value;
    }

    /** For the thread that alone writes it. */
    final long loadPlain() {
        return (long) VALUE.get(this);
    }

    /** For a word that only one thread uses, or whose users are ordered by another. */
    final void storePlain(long newValue) {
        VALUE.set(this, newValue);
    }

    final void storeVolatile(long newValue) {
        value = newValue;
    }

    final long getAndAddVolatile(long delta) {
        return (long) VALUE.getAndAdd(this, delta);
    }

    final boolean casVolatile(long expected, long newValue) {
        return VALUE.compareAndSet(this, expected, newValue);
    }

    final void storeRelease(long newValue) {
        VALUE.setRelease(this, newValue);
    }
}

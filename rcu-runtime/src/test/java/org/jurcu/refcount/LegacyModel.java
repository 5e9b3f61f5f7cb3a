package org.jurcu.refcount;

import org.jurcu.refcount.ConformanceRow.Answer;

/** What Linux 5.4 did, from its words: a count without a sign, in arithmetic that has room for what it refuses. */
final class LegacyModel {
    private static final long UINT_MAX = 4_294_967_295L;

    private long value;
    private RefcountWarning warning; // of the last operation; null when it was silent

    LegacyModel(int value) {
        this.value = Integer.toUnsignedLong(value);
    }

    int value() {
        return (int) value;
    }

    RefcountWarning warning() {
        return warning;
    }

    Answer set(int n) {
        warning = null;
        value = Integer.toUnsignedLong(n);
        return Answer.NONE;
    }

    Answer addNotZero(int i) {
        warning = null;
        if (value == 0) {
            return Answer.FALSE;
        }
        long sum = value + Integer.toUnsignedLong(i);
        if (value != UINT_MAX && sum >= UINT_MAX) {
            warning = RefcountWarning.ADD_NOT_ZERO_OVF;
        }
        value = Math.min(sum, UINT_MAX);
        return Answer.TRUE;
    }

    Answer add(int i, RefcountWarning onZero) {
        if (addNotZero(i) == Answer.FALSE) {
            warning = onZero;
        }
        return Answer.NONE;
    }

    Answer subAndTest(int i) {
        warning = null;
        long amount = Integer.toUnsignedLong(i);
        if (value == UINT_MAX) {
            return Answer.FALSE;
        }
        if (amount > value) {
            warning = RefcountWarning.SUB_UAF;
            return Answer.FALSE;
        }
        value -= amount;
        return Answer.of(value == 0);
    }

    Answer dec() {
        if (subAndTest(1) == Answer.TRUE) {
            warning = RefcountWarning.DEC_LEAK;
        }
        return Answer.NONE;
    }

    Answer decIfOne() {
        warning = null;
        boolean one = value == 1;
        value = one ? 0 : value;
        return Answer.of(one);
    }

    Answer decNotOne() {
        warning = value == 0 ? RefcountWarning.SUB_UAF : null;
        if (value == 1) {
            return Answer.FALSE;
        }
        value = value == 0 || value == UINT_MAX ? value : value - 1;
        return Answer.TRUE;
    }
}

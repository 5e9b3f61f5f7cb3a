package org.jurcu.refcount;

import org.jurcu.refcount.ConformanceRow.Answer;

/**
 * The documented behaviour once more, from its words and in 64-bit arithmetic: a count is what it is, nothing wraps
 * unnoticed, and a bad outcome is one outside of 0..MAX.
 */
final class RefcountModel {
    private static final long MAX = 2_147_483_647L;
    private static final long SATURATED = -1_073_741_824L;

    /** Signed, so that a saturated count is below zero. */
    long value;

    /** Of the last operation; null when it was silent. */
    RefcountWarning warning;

    RefcountModel(long value) {
        this.value = value;
    }

    Answer set(long n) {
        warning = null;
        value = n;
        return Answer.NONE;
    }

    Answer add(long i) {
        warning = null;
        if (value == 0) {
            saturate(RefcountWarning.ADD_UAF);
        } else if (value < 0 || outside(value + i)) {
            saturate(RefcountWarning.ADD_OVF);
        } else {
            value += i;
        }
        return Answer.NONE;
    }

    Answer addNotZero(long i) {
        warning = null;
        boolean dead = value == 0;
        if (value < 0 || outside(value + i)) {
            saturate(RefcountWarning.ADD_NOT_ZERO_OVF);
        } else if (!dead) {
            value += i;
        }
        return Answer.of(!dead);
    }

    Answer addNotZeroLimited(long i, long limit) {
        warning = null;
        if (value != 0 && i > to32(limit - value)) {
            return Answer.FALSE;
        }
        return addNotZero(i);
    }

    Answer subAndTest(long i) {
        warning = null;
        if (value > 0 && value == i) {
            value = 0;
            return Answer.TRUE;
        }
        if (value <= 0 || outside(value - i)) {
            saturate(RefcountWarning.SUB_UAF);
        } else {
            value -= i;
        }
        return Answer.FALSE;
    }

    Answer dec() {
        warning = null;
        if (value > 1) {
            value--;
        } else {
            saturate(RefcountWarning.DEC_LEAK);
        }
        return Answer.NONE;
    }

    Answer decIfOne() {
        warning = null;
        if (value != 1) {
            return Answer.FALSE;
        }
        value = 0;
        return Answer.TRUE;
    }

    Answer decNotOne() {
        warning = null;
        if (value == 1) {
            return Answer.FALSE;
        }
        if (value == 0) {
            warning = RefcountWarning.SUB_UAF;
        } else if (value != SATURATED) {
            value = to32(value - 1);
        }
        return Answer.TRUE;
    }

    /** True means that the lock is held. */
    Answer decAndLock() {
        return decNotOne() == Answer.TRUE ? Answer.FALSE : subAndTest(1);
    }

    private void saturate(RefcountWarning kind) {
        value = SATURATED;
        warning = kind;
    }

    private static boolean outside(long count) {
        return count < 0 || count > MAX;
    }

    /** The one place where the kernel's int is needed: the room below a limit, and a decrement past the smallest int. */
    private static long to32(long x) {
        return Math.floorMod(x - Integer.MIN_VALUE, 1L << 32) + Integer.MIN_VALUE;
    }
}

package org.jurcu.refcount;

/**
 * The arithmetic of {@code refcount_t} before 5.5, on the kernel's unsigned int: what a count becomes, never what is done
 * to it. Nothing wraps: an addition clamps at {@link #SATURATED}, a subtraction that would go below 0 changes nothing.
 */
final class LegacyRules {
    /** {@code UINT_MAX}. */
    static final int SATURATED = 0xFFFF_FFFF;

    private LegacyRules() {}

    /** Zero stays dead and {@code UINT_MAX} stays where it is; the rest counts on, or clamps. */
    static int afterAdd(int old, int i) {
        if (old == 0 || old == SATURATED) {
            return old;
        }
        int next = old + i;
        return Integer.compareUnsigned(next, old) < 0 ? SATURATED : next;
    }

    /** Whether it is this addition that saturates: by reaching {@code UINT_MAX}, not only by passing it. */
    static boolean saturates(int old, int i) {
        return old != SATURATED && afterAdd(old, i) == SATURATED;
    }

    /** {@code UINT_MAX} stays where it is, and so does what has not got that much. */
    static int afterSub(int old, int i) {
        return old == SATURATED || underflows(old, i) ? old : old - i;
    }

    static boolean underflows(int old, int i) {
        return old != SATURATED && Integer.compareUnsigned(i, old) > 0;
    }
}

package org.jurcu.refcount;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.locks.Lock;

/**
 * The {@code refcount_t} of Linux 5.4 and before, for experiments: what the mails of 2019 meant when they said refcount.
 * Programs use {@link Refcount}.
 *
 * <p>This generation looks first and then acts, by compare-and-set. A bad operation is refused, so there is no gap and
 * nothing to repair, and no race budget either; the price is a loop on every increment and decrement.
 *
 * <pre>
 * 0       1                                                0xfffffffe    0xffffffff
 * +-------+---------------------------------------------------------+-------------+
 * dead    | live                                                    | SATURATED   |
 *   no addition leaves it                                 ^ an addition that reaches or passes it clamps,
 *                                                           warns once, and nothing leaves it
 * </pre>
 *
 * <p>It is a class of its own rather than a mode of {@code Refcount}, because a mode would be a field to load and
 * a branch to take on a path whose whole cost is one atomic instruction, and because the two have different words: the
 * same bits 0x80000000 are a live count here and a bad one there. {@link RefcountProfile#LEGACY} has the same rules for a
 * count in a word of one's own.
 *
 * <pre>{@code
 * import org.jurcu.refcount.LegacyRefcount;
 * import org.jurcu.refcount.Refcount;
 * import org.jurcu.refcount.RefcountWarnings;
 *
 * public class IncrementOnZero {
 *     public static void main(String[] args) {
 *         RefcountWarnings.setHandler((warning, counter, oldValue) -> System.out.println(warning.text()));
 *         LegacyRefcount then = new LegacyRefcount(0);
 *         then.inc();
 *         System.out.println(then); // refused
 *         Refcount now = new Refcount(0);
 *         now.inc();
 *         System.out.println(now); // leaked
 *     }
 * }
 * }</pre>
 *
 * <p>Memory effects, for amounts of 1 and more: those of {@link Refcount}'s operations of the same names. Decrements that
 * change the count release and acquire, increments acquire; an operation that was refused orders nothing. An addition of 0
 * writes without releasing what it acquired, and so hides the puts before it from the last one.
 *
 * <p>Progress: {@code set} and {@code read} are wait-free; {@code decIfOne} is where the processor compares and sets
 * atomically; the others retry and are lock-free; {@code decAndLock} may block on the caller's lock. Nothing allocates
 * unless it warns.
 *
 * <p>Units: references, 32 bits without a sign: print them with {@link Integer#toUnsignedString(int)}. Amounts are taken
 * as they come, and are unsigned too.
 *
 * <p>Exceptions: none of its own. What a {@link RefcountWarningHandler} throws leaves the operation that warned.
 *
 * <p>Mirrors the checked functions of {@code lib/refcount.c} of Linux 5.4 ({@code CONFIG_REFCOUNT_FULL}). Without that
 * option its counters were plain {@code atomic_t}, which {@link java.util.concurrent.atomic.AtomicInteger} is.
 */
public final class LegacyRefcount {
    /** Where a count stays that was too large: {@code UINT_MAX}. */
    public static final int SATURATED = LegacyRules.SATURATED;

    private static final VarHandle REFS;

    static {
        try {
            REFS = MethodHandles.lookup().findVarHandle(LegacyRefcount.class, "refs", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // read through REFS only
    private int refs;

    /**
     * Starts a count: {@code REFCOUNT_INIT(n)}.
     *
     * @param n references
     */
    public LegacyRefcount(int n) {
        refs = n;
    }

    /**
     * Sets the count while nobody shares the object: {@code refcount_set}.
     *
     * @param n references
     */
    public void set(int n) {
        REFS.setOpaque(this, n);
    }

    /**
     * Returns the count, which has no sign: {@code refcount_read}.
     *
     * @return the count, which may have changed already
     */
    public int read() {
        return loadOpaqueRefs();
    }

    /** Adds 1; a count of 0 stays 0 and is {@link RefcountWarning#INC_UAF}: {@code refcount_inc}. */
    public void inc() {
        if (!addNotZero(1)) {
            RefcountWarnings.report(RefcountWarning.INC_UAF, this, 0);
        }
    }

    /**
     * Adds {@code i}; a count of 0 stays 0 and is {@link RefcountWarning#ADD_UAF}: {@code refcount_add}.
     *
     * @param i references taken
     */
    public void add(int i) {
        if (!addNotZero(i)) {
            RefcountWarnings.report(RefcountWarning.ADD_UAF, this, 0);
        }
    }

    /**
     * Adds 1 unless the count is 0: {@code refcount_inc_not_zero}. See {@link #addNotZero}.
     *
     * @return false if the count was 0
     */
    public boolean incNotZero() {
        return addNotZero(1);
    }

    /**
     * Adds {@code i} unless the count is 0: {@code refcount_add_not_zero}. The one that saturates the count is {@link
     * RefcountWarning#ADD_NOT_ZERO_OVF}, also when {@link #inc} or {@link #add} did it, which lead here; later ones
     * are silent.
     *
     * @param i references to take
     * @return false if the count was 0
     */
    public boolean addNotZero(int i) {
        int old;
        do {
            old = loadOpaqueRefs();
            if (old == 0) {
                return false;
            }
            if (old == SATURATED) {
                return true;
            }
        } while (!weakCasAcquireRefs(old, LegacyRules.afterAdd(old, i)));
        if (LegacyRules.saturates(old, i)) {
            RefcountWarnings.report(RefcountWarning.ADD_NOT_ZERO_OVF, this, old);
        }
        return true;
    }

    /**
     * Drops one reference: {@code refcount_dec_and_test}. See {@link #subAndTest}.
     *
     * @return whether it was the last
     */
    public boolean decAndTest() {
        return subAndTest(1);
    }

    /**
     * Drops {@code i} references; true if they were the last: {@code refcount_sub_and_test}. A count of less stays as it
     * is and is {@link RefcountWarning#SUB_UAF}; 0 of a count of 0 is true, unlike today.
     *
     * @param i references dropped
     * @return whether they were the last
     */
    public boolean subAndTest(int i) {
        int old;
        do {
            old = loadOpaqueRefs();
            if (old == SATURATED) {
                return false;
            }
            if (LegacyRules.underflows(old, i)) {
                RefcountWarnings.report(RefcountWarning.SUB_UAF, this, old);
                return false;
            }
        } while (!weakCasVolatileRefs(old, LegacyRules.afterSub(old, i)));
        return old == i;
    }

    /**
     * Drops one reference that is certainly not the last: {@code refcount_dec}. If it was, the count is 0 and that is
     * {@link RefcountWarning#DEC_LEAK}; on a count of 0 it is {@link RefcountWarning#SUB_UAF}.
     */
    public void dec() {
        if (subAndTest(1)) {
            RefcountWarnings.report(RefcountWarning.DEC_LEAK, this, 1);
        }
    }

    /**
     * Turns exactly 1 into 0, and says whether it did: {@code refcount_dec_if_one}.
     *
     * @return whether the count was 1 and is 0 now
     */
    public boolean decIfOne() {
        return REFS.compareAndSet(this, 1, 0); // strong: a 1 must not be missed
    }

    /**
     * Drops one reference unless it is the last; false only for a count of 1: {@code refcount_dec_not_one}. A count of 0
     * is reported as {@link RefcountWarning#SUB_UAF} and left, {@code SATURATED} is left silently, and both give true.
     *
     * @return false if the count was 1
     */
    public boolean decNotOne() {
        int old;
        do {
            old = loadOpaqueRefs();
            if (old == 1) {
                return false;
            }
            if (old == SATURATED) {
                return true;
            }
            if (old == 0) {
                RefcountWarnings.report(RefcountWarning.SUB_UAF, this, 0);
                return true;
            }
        } while (!weakCasVolatileRefs(old, old - 1));
        return true;
    }

    /**
     * Drops one reference, and the last one only under {@code lock}: {@code refcount_dec_and_lock},
     * {@code refcount_dec_and_mutex_lock}.
     *
     * @param lock the lock under which the object may be freed
     * @return whether the count reached 0, with the lock held
     * @throws NullPointerException if {@code lock} is null
     */
    public boolean decAndLock(Lock lock) {
        Objects.requireNonNull(lock, "decAndLock needs the lock that guards the object; use decAndTest without one");
        if (decNotOne()) {
            return false;
        }
        boolean zero = false;
        lock.lock();
        try {
            zero = decAndTest();
        } finally {
            if (!zero) {
                lock.unlock(); // also when a warning handler threw
            }
        }
        return zero;
    }

    /** Shows the count, as the kernel prints it: unsigned. */
    @Override
    public String toString() {
        return "LegacyRefcount[" + Integer.toUnsignedString(read()) + "]";
    }

    private int loadOpaqueRefs() {
        return (int) REFS.getOpaque(this);
    }

    private boolean weakCasAcquireRefs(int expected, int next) {
        return REFS.weakCompareAndSetAcquire(this, expected, next);
    }

    private boolean weakCasVolatileRefs(int expected, int next) {
        return REFS.weakCompareAndSet(this, expected, next);
    }
}

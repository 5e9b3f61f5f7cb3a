package org.jurcu.refcount;

import static org.jurcu.refcount.RefcountStep.quiet;

/**
 * The rules of {@code refcount_t} as arithmetic, in both of its generations, for those who keep the count in a word of their
 * own: half of a {@code long} that also holds something else, four bytes of off-heap memory. Whoever can, uses
 * {@link Refcount}, which is the current generation's rules and the word in one, or {@link LegacyRefcount}.
 *
 * <pre>{@code
 * import java.util.concurrent.atomic.AtomicLong;
 * import org.jurcu.refcount.RefcountProfile;
 * import org.jurcu.refcount.RefcountStep;
 * import org.jurcu.refcount.RefcountWarnings;
 *
 * public class CountInALowHalf {
 *     static final long UPPER = 0xFFFF_FFFF_0000_0000L;
 *
 *     static boolean decAndTest(AtomicLong word, RefcountProfile profile) {
 *         long old;
 *         RefcountStep step;
 *         do {
 *             old = word.get();
 *             step = profile.subAndTest((int) old, 1);
 *         } while (!word.compareAndSet(old, (old & UPPER) | Integer.toUnsignedLong(step.value())));
 *         if (step.warning() != null) {
 *             RefcountWarnings.report(step.warning(), word, (int) old);
 *         }
 *         return step.result();
 *     }
 *
 *     public static void main(String[] args) {
 *         RefcountWarnings.setHandler((warning, counter, oldValue) -> System.out.println(warning.text()));
 *         for (RefcountProfile profile : RefcountProfile.values()) {
 *             AtomicLong word = new AtomicLong(0x7000_0000_0001L);
 *             System.out.println(decAndTest(word, profile) + " " + decAndTest(word, profile));
 *             System.out.println(Long.toHexString(word.get()));
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>A step is the whole of an operation. Where the word can be changed in one compare-and-set, as above, act, detection and
 * repair are one. Where the act is an unconditional atomic addition, as in {@link Refcount}, the step of the value
 * that the addition found says whether to repair and what to report.
 *
 * <table>
 * <caption>The two generations</caption>
 * <tr><th></th><th>{@link #CURRENT}</th><th>{@link #LEGACY}</th></tr>
 * <tr><td>live</td><td>1 to 0x7fffffff</td><td>1 to 0xfffffffe</td></tr>
 * <tr><td>a bad count rests at</td><td>0xC0000000, and each operation but {@code decIfOne} and {@code decNotOne}
 *     reports it</td><td>0xffffffff, in silence once
 *     it is there</td></tr>
 * <tr><td>{@code inc}, {@code add} on 0</td><td>saturates</td><td>stays 0</td></tr>
 * <tr><td>{@code subAndTest}, {@code decAndTest} below 0</td><td>saturates</td><td>changes nothing</td></tr>
 * <tr><td>{@code subAndTest(0)} on 0</td><td>saturates, false</td><td>true</td></tr>
 * <tr><td>{@code dec} from 1</td><td>saturates</td><td>becomes 0</td></tr>
 * </table>
 *
 * <p>The {@code …Acquire} and limited operations of {@link Refcount} have no step here: 5.4 did not have them.
 *
 * <p>Memory effects: none, these are functions. Progress: no loops, no locks; a step is an object, which the compiler
 * may or may not remove. Units: references; amounts and counts are the kernel's 32 bits and are taken as they come.
 * Exceptions: none. Mirrors {@code include/linux/refcount.h} of 6.19, and the checked functions ({@code
 * CONFIG_REFCOUNT_FULL}) of {@code lib/refcount.c} of 5.4.
 */
public enum RefcountProfile {
    /** Since 5.5: a bad count goes to the middle of the negative half, and every operation but two says so. */
    CURRENT {
        @Override
        public int saturated() {
            return Refcount.SATURATED;
        }

        @Override
        public RefcountStep inc(int old) {
            return add(old, 1);
        }

        @Override
        public RefcountStep add(int old, int i) {
            if (old == 0) {
                return saturate(false, RefcountWarning.ADD_UAF);
            }
            return old < 0 || old + i < 0 ? saturate(false, RefcountWarning.ADD_OVF) : quiet(old + i, false);
        }

        @Override
        public RefcountStep addNotZero(int old, int i) {
            if (old < 0 || old + i < 0) {
                return saturate(old != 0, RefcountWarning.ADD_NOT_ZERO_OVF);
            }
            return quiet(old == 0 ? 0 : old + i, old != 0);
        }

        @Override
        public RefcountStep subAndTest(int old, int i) {
            if (old > 0 && old == i) {
                return quiet(0, true);
            }
            return old <= 0 || old - i < 0 ? saturate(false, RefcountWarning.SUB_UAF) : quiet(old - i, false);
        }

        @Override
        public RefcountStep dec(int old) {
            return old <= 1 ? saturate(false, RefcountWarning.DEC_LEAK) : quiet(old - 1, false);
        }

        private RefcountStep saturate(boolean result, RefcountWarning warning) {
            return new RefcountStep(Refcount.SATURATED, result, warning);
        }
    },

    /** Until 5.4: a bad operation is refused, and a count that reached {@code UINT_MAX} stays there. */
    LEGACY {
        @Override
        public int saturated() {
            return LegacyRules.SATURATED;
        }

        @Override
        public RefcountStep inc(int old) {
            return old == 0 ? new RefcountStep(0, false, RefcountWarning.INC_UAF) : add(old, 1);
        }

        @Override
        public RefcountStep add(int old, int i) {
            return old == 0
                    ? new RefcountStep(0, false, RefcountWarning.ADD_UAF)
                    : new RefcountStep(
                            LegacyRules.afterAdd(old, i),
                            false,
                            addNotZero(old, i).warning());
        }

        @Override
        public RefcountStep addNotZero(int old, int i) {
            return new RefcountStep(
                    LegacyRules.afterAdd(old, i),
                    old != 0,
                    LegacyRules.saturates(old, i) ? RefcountWarning.ADD_NOT_ZERO_OVF : null);
        }

        @Override
        public RefcountStep subAndTest(int old, int i) {
            int next = LegacyRules.afterSub(old, i);
            return LegacyRules.underflows(old, i)
                    ? new RefcountStep(next, false, RefcountWarning.SUB_UAF)
                    : quiet(next, next == 0);
        }

        @Override
        public RefcountStep dec(int old) {
            RefcountStep step = subAndTest(old, 1);
            return new RefcountStep(step.value(), false, step.result() ? RefcountWarning.DEC_LEAK : step.warning());
        }
    };

    /** {@return where a bad count rests} */
    public abstract int saturated();

    /**
     * {@code refcount_inc}.
     *
     * @param old the count
     * @return the step; its result is false
     */
    public abstract RefcountStep inc(int old);

    /**
     * {@code refcount_add}.
     *
     * @param old the count
     * @param i references taken
     * @return the step; its result is false
     */
    public abstract RefcountStep add(int old, int i);

    /**
     * {@code refcount_add_not_zero}, and with 1 {@code refcount_inc_not_zero}.
     *
     * @param old the count
     * @param i references to take
     * @return the step; its result is false if the count was 0
     */
    public abstract RefcountStep addNotZero(int old, int i);

    /**
     * {@code refcount_sub_and_test}, and with 1 {@code refcount_dec_and_test}.
     *
     * @param old the count
     * @param i references dropped
     * @return the step; its result says whether they were the last
     */
    public abstract RefcountStep subAndTest(int old, int i);

    /**
     * {@code refcount_dec}.
     *
     * @param old the count
     * @return the step; its result is false
     */
    public abstract RefcountStep dec(int old);

    /**
     * {@code refcount_dec_if_one}, the same in both.
     *
     * @param old the count
     * @return the step; its result says whether 1 became 0
     */
    public RefcountStep decIfOne(int old) {
        return quiet(old == 1 ? 0 : old, old == 1);
    }

    /**
     * {@code refcount_dec_not_one}. In both, {@link #saturated} is left in silence and 0 with a warning.
     *
     * @param old the count
     * @return the step; its result is false if the count was 1
     */
    public RefcountStep decNotOne(int old) {
        if (old == 0) {
            return new RefcountStep(0, true, RefcountWarning.SUB_UAF);
        }
        return quiet(old == 1 || old == saturated() ? old : old - 1, old != 1);
    }
}

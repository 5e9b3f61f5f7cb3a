package org.jurcu.refcount;

/**
 * What a {@code refcount_t} complains about: the kernel's {@code enum refcount_saturation_type}, in its order and with
 * its texts. Two constants share a text, as they do there; they are two sites.
 *
 * <p>A program that wants to tell a leak from a use-after-free switches on it:
 *
 * <pre>{@code
 * import org.jurcu.refcount.Refcount;
 * import org.jurcu.refcount.RefcountWarnings;
 *
 * public class Triage {
 *     public static void main(String[] args) {
 *         RefcountWarnings.setHandler((warning, counter, oldValue) -> {
 *             switch (warning) {
 *                 case ADD_UAF, SUB_UAF -> System.out.println("used after free: " + warning.text());
 *                 case ADD_OVF, ADD_NOT_ZERO_OVF, DEC_LEAK -> System.out.println("leaked: " + warning.text());
 *             }
 *         });
 *         new Refcount(1).dec();
 *         new Refcount(0).inc();
 *         RefcountWarnings.restoreDefaultHandler();
 *     }
 * }
 * }</pre>
 *
 * <p>Immutable; no memory effects, no blocking, no exceptions. Mirrors {@code include/linux/refcount.h} and
 * {@code refcount_warn_saturate} in {@code lib/refcount.c}.
 */
public enum RefcountWarning {
    /** An increment that must not revive a zero ({@code addNotZero} and kin) met a saturated or overflowing counter. */
    ADD_NOT_ZERO_OVF("refcount_t: saturated; leaking memory."),
    /** An increment ({@code add}, {@code inc}) met a saturated or overflowing counter. */
    ADD_OVF("refcount_t: saturated; leaking memory."),
    /** An increment ({@code add}, {@code inc}) met a counter of zero: the object is already being freed. */
    ADD_UAF("refcount_t: addition on 0; use-after-free."),
    /**
     * A decrement-and-test ({@code subAndTest}, {@code decAndTest}) took the counter below zero, or {@code decNotOne} met
     * a zero, which it leaves.
     */
    SUB_UAF("refcount_t: underflow; use-after-free."),
    /** A plain decrement ({@code dec}) reached zero, so that nobody will free the object. */
    DEC_LEAK("refcount_t: decrement hit 0; leaking memory.");

    private final String text;

    RefcountWarning(String text) {
        this.text = text;
    }

    /** {@return the line that the kernel prints} */
    public String text() {
        return text;
    }
}

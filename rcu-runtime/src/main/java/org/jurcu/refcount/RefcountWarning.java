package org.jurcu.refcount;

/**
 * What a counter complains about, in the kernel's words: {@code enum refcount_saturation_type} in its order, then what
 * only the counters beside {@link Refcount} say. Two constants share a text, as they do there; they are two sites. A later
 * version may add constants at the end: give a {@code switch} a default.
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
 *                 default -> System.out.println("misused: " + warning.text());
 *             }
 *         });
 *         new Refcount(1).dec();
 *         new Refcount(0).inc();
 *         RefcountWarnings.restoreDefaultHandler();
 *     }
 * }
 * }</pre>
 *
 * <p>Immutable; no memory effects, no blocking, no exceptions. Mirrors {@code include/linux/refcount.h},
 * {@code refcount_warn_saturate} in {@code lib/refcount.c}, the latter's texts of 5.4, and {@code lib/rcuref.c}.
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
    DEC_LEAK("refcount_t: decrement hit 0; leaking memory."),
    /** {@link LegacyRefcount#inc} met a counter of zero, and left it so. */
    INC_UAF("refcount_t: increment on 0; use-after-free."),
    /** {@link Rcuref#get} met a saturated or overflowing counter; the old value is the word that it found. */
    RCUREF_SATURATED("rcuref saturated - leaking memory"),
    /** {@link Rcuref#put} dropped a reference of an object that has none; the old value is the word that it arrived at. */
    RCUREF_IMBALANCED_PUT("rcuref - imbalanced put()");

    private final String text;

    RefcountWarning(String text) {
        this.text = text;
    }

    /** {@return the line that the kernel prints} */
    public String text() {
        return text;
    }
}

package org.jurcu.refcount;

/**
 * Receives every misuse of a counter, on the thread that misused it; installed with {@link RefcountWarnings#setHandler}.
 *
 * <p>A test suite makes misuse fail the test that commits it:
 *
 * <pre>{@code
 * import org.jurcu.refcount.Refcount;
 * import org.jurcu.refcount.RefcountWarnings;
 *
 * public class FailFast {
 *     public static void main(String[] args) {
 *         RefcountWarnings.setHandler((warning, counter, oldValue) -> {
 *             throw new IllegalStateException(warning.text() + " (was " + oldValue + ")");
 *         });
 *         try {
 *             new Refcount(0).inc();
 *         } catch (IllegalStateException e) {
 *             System.out.println(e.getMessage());
 *         } finally {
 *             RefcountWarnings.restoreDefaultHandler();
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Memory effects: called in program order after the repair of the counter; called by many threads at once and without a
 * lock. It may run inside an RCU read-side section or under the caller's locks, so it must not block.
 *
 * <p>Misuse that the handler itself commits on the same thread is counted and recorded but not handed to it again.
 *
 * <p>Exceptions: what it throws leaves the operation that warned, whose result is then lost; the counter has been repaired
 * before. Counterpart: the kernel's {@code WARN_ONCE}, with {@code panic_on_warn} for a handler that throws.
 */
@FunctionalInterface
public interface RefcountWarningHandler {
    /**
     * Handles one misuse.
     *
     * @param warning what happened
     * @param counter the counter it happened to: a {@link Refcount}, {@link LegacyRefcount} or {@link Rcuref}, or
     *     the object that holds the count in one of its words
     * @param oldValue the count, as the operation found it; of an {@code Rcuref} the word, as {@link RefcountWarning} says
     */
    void onWarning(RefcountWarning warning, Object counter, int oldValue);
}

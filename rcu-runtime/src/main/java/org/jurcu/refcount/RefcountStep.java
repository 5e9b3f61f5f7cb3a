package org.jurcu.refcount;

/**
 * What one operation makes of a count: an answer of {@link RefcountProfile}, where a program stands.
 *
 * <p>Immutable; no memory effects, no blocking, no exceptions. The kernel has no counterpart: there the value, the result
 * and the warning of an operation are never apart.
 *
 * @param value the count after the operation, and after its repair where there is one
 * @param result what the operation answers; false where it answers nothing
 * @param warning what it complains about; null when all is well
 */
public record RefcountStep(int value, boolean result, RefcountWarning warning) {
    static RefcountStep quiet(int value, boolean result) {
        return new RefcountStep(value, result, null);
    }
}

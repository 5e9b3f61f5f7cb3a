/**
 * The kernel's {@code refcount_t}: a count that saturates instead of wrapping, its relatives, and the reports of their
 * misuse.
 *
 * <p>Start with {@link org.jurcu.refcount.Refcount}. {@link org.jurcu.refcount.Rcuref} is for objects that RCU frees and
 * that many threads share, {@link org.jurcu.refcount.LegacyRefcount} for experiments with the past, and
 * {@link org.jurcu.refcount.RefcountProfile} for a count that is part of a larger word.
 *
 * <p>Private methods that touch a shared word carry the access mode and the field in their name ({@code loadOpaqueRefs},
 * {@code weakCasAcquireRefs}, {@code getAndAddVolatileRefs}), so that the order of an operation can be read where it is used.
 * Why each mode is enough stands in {@code docs/refcount.md}.
 */
package org.jurcu.refcount;

/**
 * The kernel's {@code refcount_t}: a count that saturates instead of wrapping, and the reports of its misuse.
 *
 * <p>Start with {@link org.jurcu.refcount.Refcount}. Private methods that touch a shared word carry the access mode and the
 * field in their name ({@code loadOpaqueRefs}, {@code weakCasAcquireRefs}, {@code getAndAddVolatileRefs}), so that the order
 * of an operation can be read where it is used. Why each mode is enough stands in {@code docs/refcount.md}.
 */
package org.jurcu.refcount;

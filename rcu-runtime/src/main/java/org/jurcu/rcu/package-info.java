/**
 * Read-copy-update: readers that pay next to nothing, and updaters that wait until the last reader of the past has left.
 *
 * <p>Start at {@link org.jurcu.rcu.Rcu}.
 *
 * <h2>Names of memory accesses</h2>
 *
 * Where an access to a shared word is not an ordinary one, the method's name begins with what it does and how:
 *
 * <table>
 * <caption>Access modes</caption>
 * <tr><th>name</th><th>access mode of {@link java.lang.invoke.VarHandle}</th></tr>
 * <tr><td>{@code loadVolatileX}, {@code storeVolatileX}</td><td>{@code getVolatile}, {@code setVolatile}</td></tr>
 * <tr><td>{@code loadAcquireX}, {@code storeReleaseX}</td><td>{@code getAcquire}, {@code setRelease}</td></tr>
 * <tr><td>{@code casVolatileX}, {@code getAndAddVolatileX}</td><td>{@code compareAndSet}, {@code getAndAdd}</td></tr>
 * </table>
 *
 * <p>Comments such as {@code R2} name the lines of the proofs in docs/grace-period.md and docs/srcu.md, and letters their
 * fences; "A: x before y; matches D" says what a fence orders, and which fence on the other side relies on it.
 */
package org.jurcu.rcu;

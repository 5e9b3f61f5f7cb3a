/**
 * The races, one file a handshake. Each holds the handshake's textbook form ({@code Model…}), the same with one order or
 * guard taken away ({@code Weakened…}), and the library itself ({@code Shipped…}).
 *
 * <p>A {@code Weakened…} test must show its bad outcome, which is therefore interesting and not forbidden; where it does
 * not, the machine or the time was too small to say anything about the others. The campaign relies on that name.
 *
 * <p>No test has more than two actors: jcstress drops those that need more processors than there are, and says so in a
 * line that is easily missed. What a third thread would look at, an arbiter looks at.
 */
package org.jurcu.stress.races;

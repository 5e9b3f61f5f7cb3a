package org.jurcu.stress.litmus;

/** One line of a program, done for some instances of a batch before the next line is. */
interface Step {
    /**
     * Does it for {@code size} instances, a power of two of them, from {@code first} on: an access for each of them, in an order
     * of its own, and whatever concerns a section or a grace period once for all.
     */
    void run(Actor actor, int first, int size);
}

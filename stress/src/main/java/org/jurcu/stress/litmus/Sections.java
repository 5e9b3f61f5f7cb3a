package org.jurcu.stress.litmus;

/** One thread's way into the sections of a domain. */
interface Sections extends AutoCloseable {
    void lock();

    /** Ends the section that was begun last. */
    void unlock();

    /** Ends the section that was begun first. */
    default void unlockOldest() {
        throw new UnsupportedOperationException("sections of this flavour end in the order of their nesting");
    }

    /** The thread comes to its program. */
    default void begin() {}

    /** The thread has done with its program. */
    default void end() {}

    /** Ends whatever is open, and the thread's registration. */
    @Override
    void close();
}

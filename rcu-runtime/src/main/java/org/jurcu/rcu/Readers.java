package org.jurcu.rcu;

/**
 * What differs between flavours: who the readers are, and how to see that those of the past have left.
 *
 * <p>The grace-period methods are called by the one leader of the moment; successive leaders are ordered.
 */
interface Readers {
    /**
     * Begins a grace period: from here on, every section that can have begun before this call is waited for. May be
     * called again before the period's end if it threw.
     */
    void beginGracePeriod();

    /** Looks once, without waiting, and returns whether every section that is waited for has ended. */
    boolean pollGracePeriod();

    /**
     * Lists whom the grace period in progress still waits for, for the report of a stall; called between two looks. A
     * flavour that only counts its sections says how many there are.
     */
    void listHoldouts(HoldoutList list);

    /**
     * Returns how many readers the grace period in progress still waits for; called between two looks. A flavour that only
     * counts its sections includes those that began since.
     */
    long countHoldouts();

    /** Returns whether the calling thread is inside a section, so that it must not wait for one. */
    boolean callerIsInside();

    /** Returns whether {@code close} must be refused to the calling thread, as it is inside. */
    default boolean callerMustNotClose() {
        return callerIsInside();
    }

    /**
     * Returns whether a grace period may wait for the calling thread, whether or not it is known to be inside: it must not
     * block until one has ended. It may wait through {@link #beforeWaiting}, if that is what it asked for.
     */
    default boolean callerHoldsUp() {
        return callerIsInside();
    }

    /**
     * Lets the calling thread, which is outside every section and is about to wait, hold up nobody; returns whether
     * {@link #afterWaiting} must follow.
     */
    default boolean beforeWaiting() {
        return false;
    }

    /** Undoes {@link #beforeWaiting}. */
    default void afterWaiting() {}

    /** Returns what to say of a callback after which {@link #leaveCompletely} was true. */
    default String leftOpen() {
        return "left a read-side section open: the section was ended. Unlock in a finally block.";
    }

    /** Returns where the calling thread's section began, if that is known: in strict mode, for a misuse to show. */
    default SectionEntry callerEntry() {
        return null;
    }

    /**
     * Ends every section that the calling thread has left open, and returns whether there was one. Called by the domain's
     * thread after each callback.
     */
    boolean leaveCompletely();

    /** Logs what was noticed while leading; called when that is over. */
    void report();

    /** Refuses new sections. */
    void close();

    boolean isClosed();

    int registered();

    /** Returns how many threads died inside a section. */
    long diedInside();
}

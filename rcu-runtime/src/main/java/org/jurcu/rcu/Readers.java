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

    /** Returns whether the calling thread is inside a section, so that it must not wait for one. */
    boolean callerIsInside();

    /** Ends every section that the calling thread has left open, and returns whether there was one. */
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

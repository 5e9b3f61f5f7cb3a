package org.jurcu.benchmarks.toy;

/** The rungs of the ladder, in the book's order. */
public enum ToyKind {
    /** One lock, which readers and updaters take: "Lock-Based RCU". */
    LOCK,
    /** A lock for each reader, all of which an updater takes, one after the other: "Per-Thread Lock-Based RCU". */
    PER_THREAD_LOCK,
    /** One count of all readers, which an updater must meet at 0: "Simple Counter-Based RCU". */
    COUNT,
    /** Two counts for each reader, and an index that an updater flips twice: "Scalable Counter-Based RCU". */
    PER_THREAD_COUNTS,
    /** An updater's counter, which a reader copies: "RCU Based on Free-Running Counter". */
    FREE_RUNNING,
    /** The same with the depth of nesting in its low bits: "Nestable RCU Based on Free-Running Counter". */
    NESTABLE_FREE_RUNNING,
    /** A reader copies the counter between its sections, and sections are free: "RCU Based on Quiescent States". */
    QUIESCENT_STATES;

    /** Returns a toy of this kind that runs {@code again} whenever it has looked in vain. */
    public Toy create(Runnable again) {
        return switch (this) {
            case LOCK -> new LockToy(again);
            case PER_THREAD_LOCK -> new PerThreadLockToy(again);
            case COUNT -> new CountToy(again);
            case PER_THREAD_COUNTS -> new PerThreadCountsToy(again);
            case FREE_RUNNING -> new FreeRunningToy(again);
            case NESTABLE_FREE_RUNNING -> new NestableFreeRunningToy(again);
            case QUIESCENT_STATES -> new QuiescentStatesToy(again);
        };
    }
}

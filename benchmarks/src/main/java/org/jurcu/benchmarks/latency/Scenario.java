package org.jurcu.benchmarks.latency;

/** Operations, and what goes on beside them. */
interface Scenario extends Operation {
    /** Waits until all that were begun have ended. */
    default void settle() {}

    /** Ends what goes on beside them. */
    default void end() throws InterruptedException {}
}

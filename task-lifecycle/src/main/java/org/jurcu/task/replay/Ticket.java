package org.jurcu.task.replay;

/** What a step waits for, and tells when it is done. */
interface Ticket {
    /** Whether all that must have been is. */
    boolean isDue();

    /** The step is done. */
    void done();
}

package org.jurcu.task.replay;

/** What takes the steps, in the order of the recording. */
interface Plan {
    /** The next step of that CPU. */
    void add(int cpu, Step step);

    /** Due when all that has been added so far is done. */
    Ticket afterAll();
}

package org.jurcu.task.load;

/** A step of a simulated task, run while the task is on a CPU. One that has more to do puts it before the task's script. */
interface Action {
    /** What the scheduler does after a step. */
    enum Outcome {
        /** On to the script's next step. */
        DONE,
        /** This step again, a little later. */
        AGAIN,
        /** This step again, when the task has been woken. */
        SLEEP,
        /** The task is stopped: on to the script's next step when it has been let go. */
        STOP,
        /** The task leaves its CPU for the last time. */
        DEAD
    }

    Outcome run(SimTask current, Cpu cpu);
}

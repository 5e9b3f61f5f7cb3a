package org.jurcu.task.replay;

/** Why one step comes after another; docs/replay.md has the argument for each. */
enum Edge {
    /** E1: a task's fork, and whatever it does or is done to it. */
    FORK,
    /** E2: it leaves a CPU, and another CPU runs it. */
    SWITCH,
    /** E2: it leaves a CPU, and another completes its end. */
    END,
    /** E3: its end and its release, and its parent's. */
    KIN,
    /** E4: its end, and its reap. */
    REAP,
    /** E5: the end of each thread, and of the last. */
    LAST_THREAD,
    /** E6: the end of each thread, and an exec in its group. */
    EXEC,
    /** E7: a number's release, and the fork that it is given to. */
    REUSE,
    /** E8: what is inherited, and the fork. */
    INHERIT,
    /** E9: a tracer, and who is told. */
    TRACER,
    /** E10: the end of the last child, and a wait that finds none. */
    NO_CHILD,
    /** E11: a subreaper or the end of a namespace, and all that has to do with kin. */
    UPHEAVAL
}

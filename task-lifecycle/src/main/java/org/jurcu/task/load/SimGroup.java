package org.jurcu.task.load;

import java.util.ArrayList;
import java.util.List;

/** The threads of a simulated process, and what they share. */
final class SimGroup {
    /** What a process asked to happen on SIGCHLD. */
    enum Sigchld {
        DEFAULT,
        IGNORE,
        NO_CLD_WAIT
    }

    /** Those that have not been released. */
    final List<SimTask> threads = new ArrayList<>(1);

    SimTask leader;
    /** Those that have not begun to exit. */
    int live;

    Sigchld sigchld = Sigchld.DEFAULT;
    SimPgrp pgrp;
    boolean isSubreaper;
    boolean hasSubreaper;
    /** The thread in exec that waits for the others to end, or null. */
    SimTask execing;

    boolean isEmptyBut(SimTask task) {
        return threads.size() == 1 && threads.get(0) == task;
    }

    /** A thread that has not begun to exit, or null. */
    SimTask alive() {
        for (SimTask t : threads) {
            if (!t.exiting) {
                return t;
            }
        }
        return null;
    }
}

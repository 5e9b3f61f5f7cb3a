package org.jurcu.task.timeline;

import java.util.Arrays;

/** What the recording tells of one lifetime. Times are the recording's, in nanoseconds; {@link #NEVER} is what did not happen. */
final class RecordedTask {
    static final long NEVER = -1;

    /** The number that it has, or had last. */
    int pid;

    String comm;
    final RecordedTask parent;
    final boolean thread;

    /** Whether its birth is in the recording. */
    final boolean forked;

    final long born;

    /** The line that told of it first. */
    final long line;

    /** The line of its fork, which is another one if task_newtask came before; 0 if there is none. */
    long forkLine;

    long exit = NEVER;
    long lastSwitch = NEVER;
    long freed = NEVER;

    /** How its last switch left it: Z or X; 0 before. */
    char left;

    /** Where it ran: for each time begin, end, CPU and the state in which it left. */
    private long[] runs = new long[4 * 4];

    private int runCount;
    private long runsSince = NEVER;
    private int runsOn;

    RecordedTask(int pid, String comm, RecordedTask parent, boolean thread, boolean forked, long born, long line) {
        this.pid = pid;
        this.comm = comm;
        this.parent = parent;
        this.thread = thread;
        this.forked = forked;
        this.born = born;
        this.line = line;
    }

    void switchedIn(int cpu, long time) {
        runsSince = time;
        runsOn = cpu;
    }

    boolean runs() {
        return runsSince != NEVER;
    }

    void switchedOut(long time, char state) {
        if (!runs()) {
            return;
        }
        if (4 * runCount == runs.length) {
            runs = Arrays.copyOf(runs, 2 * runs.length);
        }
        int at = 4 * runCount++;
        runs[at] = runsSince;
        runs[at + 1] = time;
        runs[at + 2] = runsOn;
        runs[at + 3] = state;
        runsSince = NEVER;
    }

    int runCount() {
        return runCount;
    }

    long runBegin(int run) {
        return runs[4 * run];
    }

    long runEnd(int run) {
        return runs[4 * run + 1];
    }

    int runCpu(int run) {
        return (int) runs[4 * run + 2];
    }

    char runState(int run) {
        return (char) runs[4 * run + 3];
    }
}

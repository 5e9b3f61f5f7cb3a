package org.jurcu.task;

import java.util.concurrent.locks.LockSupport;

/** The ladder of one who waits for a lock: it spins, it yields, it sleeps for a little while. Without state of its own. */
final class LockPause {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** On one processor spinning only keeps the holder from running. */
    private static final int SPINS = PROCESSORS > 1 ? 256 : 0;

    private static final int YIELDS = 8;
    private static final long SLEEP_NANOS = 50_000;

    /** Rounds before sleep. */
    static final int COMPETING = SPINS + YIELDS;

    private LockPause() {}

    /**
     * Pauses.
     *
     * @param round how often it has paused before
     * @param blocker what a dump of the threads names
     * @return whether an interrupt was taken; the caller restores it when it has what it waits for
     */
    @SuppressWarnings("ThreadPriorityCheck") // correct without: a holder that lost its processor gets this one
    static boolean pause(int round, Object blocker) {
        if (round < SPINS) {
            Thread.onSpinWait();
            return false;
        }
        if (round < COMPETING) {
            Thread.yield();
            return false;
        }
        boolean interrupted = Thread.interrupted(); // else there would be no sleep
        LockSupport.parkNanos(blocker, SLEEP_NANOS);
        return interrupted;
    }
}

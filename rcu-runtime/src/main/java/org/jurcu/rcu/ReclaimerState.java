package org.jurcu.rcu;

/**
 * Whether the reclaimer's thread exists and looks at its queues.
 *
 * <pre>
 *  0     NONE     no thread; whoever brings work starts one
 *  2     PARKED   the thread has found nothing; whoever brings work wakes it
 *  odd   RUNNING  the thread will look again before it parks; the value is the nanoTime at which it was called, | 1
 * </pre>
 *
 * <p>Bringing work is Dekker's handshake with parking: the producer queues (a volatile compare-and-set on the queue's
 * index), then loads this word; the thread stores PARKED here, then looks at the indexes. One sees the other.
 */
final class ReclaimerState extends PaddedLong {
    static final long NONE = 0;
    static final long PARKED = 2;

    ReclaimerState() {
        super(NONE);
    }

    static boolean isRunning(long state) {
        return (state & 1) != 0;
    }

    static long runningSince(long nanoTime) {
        return nanoTime | 1;
    }
}

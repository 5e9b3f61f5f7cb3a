package org.jurcu.rcu;

/**
 * Whether an {@link OnDemandThread} exists and looks for work.
 *
 * <pre>
 *  0     NONE     no thread; whoever brings work starts one
 *  2     PARKED   the thread has found nothing; whoever brings work wakes it
 *  odd   RUNNING  the thread will look again before it parks; the value is the nanoTime at which it was called, | 1
 * </pre>
 */
final class ThreadState extends PaddedLong {
    static final long NONE = 0;
    static final long PARKED = 2;

    ThreadState() {
        super(NONE);
    }

    static boolean isRunning(long state) {
        return (state & 1) != 0;
    }

    static long runningSince(long nanoTime) {
        return nanoTime | 1;
    }
}

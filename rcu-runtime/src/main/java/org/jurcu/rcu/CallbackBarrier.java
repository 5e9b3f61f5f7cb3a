package org.jurcu.rcu;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits for the callbacks that were queued when it was made: its caller notes where the queues end, and the reclaimer
 * answers when it has come that far.
 */
final class CallbackBarrier {
    private final long[] ends;
    private final CountDownLatch reached = new CountDownLatch(1);

    CallbackBarrier(CallbackQueue queue) {
        ends = queue.ends();
    }

    /** Lets the caller go on if all that it waits for has run; returns whether it has. */
    boolean answer(CallbackQueue queue) {
        if (!queue.hasRunUpTo(ends)) {
            return false;
        }
        reached.countDown();
        return true;
    }

    /** Waits, however often interrupted; {@code signal} is to start a thread that failed to start before. */
    void await(Runnable signal) {
        boolean interrupted = false;
        for (; ; ) {
            signal.run();
            try {
                if (reached.await(OnDemandThread.RETRY_NANOS, TimeUnit.NANOSECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

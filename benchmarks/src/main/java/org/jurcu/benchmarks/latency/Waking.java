package org.jurcu.benchmarks.latency;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A thread that sleeps until it is woken, and does nothing else: the least that a callback on a sleeping thread takes. */
final class Waking implements Scenario {
    private static final long NONE = 0;
    private static final long STOP = -1;

    private final Latencies latencies;
    private final AtomicLong word = new AtomicLong(NONE);
    private final Thread sleeper = new Thread(this::sleep, "latency-sleeper");

    Waking(Latencies latencies) {
        this.latencies = latencies;
        sleeper.setDaemon(true);
        sleeper.start();
    }

    private void sleep() {
        while (true) {
            long due = word.get();
            if (due == STOP) {
                return;
            }
            if (due == NONE) {
                LockSupport.park(this);
            } else {
                latencies.ended(due);
                word.set(NONE);
            }
        }
    }

    @Override
    public void begin(long due) {
        settle();
        word.set(due == NONE || due == STOP ? 1 : due);
        LockSupport.unpark(sleeper);
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // correct without: the sleeper may want this processor
    public void settle() {
        while (word.get() != NONE) {
            Thread.yield();
        }
    }

    @Override
    public void end() throws InterruptedException {
        settle();
        word.set(STOP);
        LockSupport.unpark(sleeper);
        sleeper.join();
    }
}

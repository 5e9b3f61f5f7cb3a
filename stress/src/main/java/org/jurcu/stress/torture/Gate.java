package org.jurcu.stress.torture;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where all but the readers stop and go on: rcutorture's stutter. Readers only look whether it is over. */
final class Gate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int participants;
    private int waiting;
    private volatile boolean paused;
    private volatile boolean over;
    private volatile boolean aborted;

    boolean isOver() {
        return over;
    }

    /** Whether something hangs, so that nobody shall begin to wait for anything. */
    boolean isAborted() {
        return aborted;
    }

    boolean isPaused() {
        return paused;
    }

    void join() {
        lock.lock();
        try {
            participants++;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            participants--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits while the gate is closed; a participant has finished what it had begun. */
    void await() throws InterruptedException {
        lock.lock();
        try {
            waiting++;
            changed.signalAll();
            while (paused && !over) {
                changed.await();
            }
            waiting--;
        } finally {
            lock.unlock();
        }
    }

    void pause() {
        set(() -> paused = true);
    }

    void resume() {
        set(() -> paused = false);
    }

    void finish() {
        set(() -> over = true);
    }

    void abort() {
        set(() -> {
            aborted = true;
            over = true;
        });
    }

    private void set(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether all participants wait, for which it waits for at most so long. */
    boolean allWait(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (waiting < participants) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}

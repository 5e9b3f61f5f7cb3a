package org.jurcu.stress.torture;

import java.util.concurrent.atomic.AtomicLong;

/** One thread of a torture, and how far it is. */
abstract class Actor {
    private final Torture torture;
    private final Thread thread;
    private final AtomicLong steps = new AtomicLong();

    private long stepsSeen = -1; // by who watches it
    private long seenAt;

    Actor(Torture torture, String role, boolean virtual) {
        this.torture = torture;
        thread = Threads.of("torture-" + torture.subject().name() + "-" + role, virtual, this::guarded);
    }

    abstract void run() throws InterruptedException;

    /** How far it is, in whatever unit. */
    long steps() {
        return steps.get();
    }

    final void step() {
        steps.incrementAndGet();
    }

    final Torture torture() {
        return torture;
    }

    final Thread thread() {
        return thread;
    }

    final void start() {
        thread.start();
    }

    private void guarded() {
        try {
            run();
        } catch (InterruptedException e) {
            // told to end
        } catch (RuntimeException | Error e) {
            torture.failed(thread, e);
        }
    }

    /** Returns for how long it has not got on; to be called by one thread. */
    final long idleNanos(long now) {
        long steps = steps();
        if (steps != stepsSeen || !thread.isAlive()) {
            stepsSeen = steps;
            seenAt = now;
        }
        return now - seenAt;
    }

    /** Whether it has to get on all the time. */
    boolean isWatched() {
        return true;
    }

    /** Something hangs: lets go what waits for this actor. */
    void release() {}

    /** Forgets for how long it has not got on, as that has its reason. */
    final void excuse() {
        stepsSeen = -1;
    }
}

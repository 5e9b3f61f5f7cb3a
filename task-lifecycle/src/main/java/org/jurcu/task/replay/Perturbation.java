package org.jurcu.task.replay;

import java.util.SplittableRandom;

/**
 * Yields and pauses of a replay's threads at marked points. Which, how often and how long follows from the seed and the
 * thread's name alone: the same seed makes the same choices in the same threads, however those are scheduled.
 */
final class Perturbation {
    /** Where a thread may be held up. */
    enum Point {
        /** A CPU's thread is about to do a step, whose turn it is. */
        BEFORE_STEP,
        /** It has done the step and has not said so. */
        AFTER_STEP,
        /** The last rcu user or usage has gone, its callback is not queued. */
        BEFORE_CALL_RCU,
        /** A callback runs: {@code sched_process_free}. */
        IN_CALLBACK,
        /** A reader has found a task and has not taken a reference. */
        READER_FOUND,
        /** A reader has left its section and holds references. */
        READER_HOLDS
    }

    /** Nobody is held up. */
    static final Perturbation NONE = new Perturbation(0);

    private static final int ONE_IN = 16;
    private static final int MAX_SPINS = 2048;

    private final long seed;
    /** JDK classes alone, so that a thread that outlives the replay keeps none of ours. */
    @SuppressWarnings("ThreadLocalUsage") // one a replay, which ends with its threads
    private final ThreadLocal<SplittableRandom> random;

    private Perturbation(long seed) {
        this.seed = seed;
        this.random = seed == 0
                ? null
                : ThreadLocal.withInitial(() -> new SplittableRandom(seed * 0x9e37_79b9_7f4a_7c15L
                        ^ Thread.currentThread().getName().hashCode()));
    }

    /** 0 for none. */
    static Perturbation of(long seed) {
        return seed == 0 ? NONE : new Perturbation(seed);
    }

    @SuppressWarnings("unused") // the point is for whoever reads the call
    void at(Point point) {
        if (seed != 0) {
            perturb();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // not to let others go first is what it is for
    private void perturb() {
        SplittableRandom r = random.get();
        int choice = r.nextInt(ONE_IN);
        if (choice == 0) {
            Thread.yield();
        } else if (choice == 1) {
            int spins = r.nextInt(MAX_SPINS);
            for (int i = 0; i < spins; i++) {
                Thread.onSpinWait();
            }
        }
    }
}

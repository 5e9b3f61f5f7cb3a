package org.jurcu.task.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * One thread a CPU of the recording; each does its CPU's steps in their order, as fast as it can: it waits for other CPUs
 * where a step's tickets say so and nowhere else. The planner is ahead by a bounded number of steps.
 *
 * <p>Nobody waits for ever: every ticket names steps that were planned earlier, so the earliest that is not done is
 * always due once it is handed over. Should that be wrong all the same, the replay ends with a sentence after some time
 * without any progress.
 */
final class Cpus implements AutoCloseable {
    private static final int BATCH = 32;
    private static final int MAX_AHEAD = 1 << 14;
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Findings findings;
    private final Perturbation perturbation;
    private final long patienceNanos;
    private final List<RacyThread> byCpu = new ArrayList<>(); // the planner's; null for a CPU without events
    private final List<RacyThread> threads = new CopyOnWriteArrayList<>();
    private long planned;
    private volatile boolean noMore;
    private volatile String standstill;
    private volatile Error error;

    Cpus(Findings findings, Perturbation perturbation, long patienceNanos) {
        this.findings = findings;
        this.perturbation = perturbation;
        this.patienceNanos = patienceNanos;
    }

    int count() {
        return threads.size();
    }

    /** Plans a step. */
    void add(int cpu, Step step) {
        thread(cpu).plan(step);
        planned++;
    }

    private RacyThread thread(int cpu) {
        while (byCpu.size() <= cpu) {
            byCpu.add(null);
        }
        RacyThread thread = byCpu.get(cpu);
        if (thread == null) {
            thread = new RacyThread(cpu);
            byCpu.set(cpu, thread);
            threads.add(thread);
            thread.start();
        }
        return thread;
    }

    /** Due when all that has been planned so far is done. */
    Ticket afterAll() {
        RacyThread[] of = threads.toArray(RacyThread[]::new);
        long[] counts = new long[of.length];
        for (int i = 0; i < of.length; i++) {
            counts[i] = of[i].planned;
        }
        return new AfterAll(of, counts);
    }

    /** Hands over what is planned; waits if the CPUs are far behind. */
    void flush() {
        for (RacyThread thread : threads) {
            thread.flush();
        }
        Backoff backoff = new Backoff();
        while (planned - done() > MAX_AHEAD) {
            backoff.pause();
            check();
        }
    }

    /** Waits until every step is done. */
    void finish() {
        flush();
        noMore = true;
        for (RacyThread thread : threads) {
            Join.uninterruptibly(thread);
        }
        check();
    }

    private void check() {
        if (error != null) {
            throw new IllegalStateException("a thread of the replay failed", error);
        }
        if (standstill != null) {
            throw new IllegalStateException(standstill);
        }
    }

    private long done() {
        long sum = 0;
        for (RacyThread thread : threads) {
            sum += thread.done;
        }
        return sum;
    }

    private boolean isOver() {
        return standstill != null || error != null;
    }

    /** Lets every thread end; what is not done yet is left. */
    @Override
    public void close() {
        if (!noMore) {
            standstill = standstill == null ? "the replay broke off" : standstill;
            noMore = true;
        }
        for (RacyThread thread : threads) {
            Join.uninterruptibly(thread);
        }
    }

    /** A snapshot of how much was planned. */
    private static final class AfterAll implements Ticket {
        private final RacyThread[] threads;
        private final long[] counts;

        AfterAll(RacyThread[] threads, long[] counts) {
            this.threads = threads;
            this.counts = counts;
        }

        @Override
        public boolean isDue() {
            for (int i = 0; i < threads.length; i++) {
                if (Thread.currentThread() != threads[i] && threads[i].done < counts[i]) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void done() {}
    }

    private final class RacyThread extends CpuThread {
        private final int cpu;
        private final Queue<List<Step>> handedOver = new ConcurrentLinkedQueue<>();
        private final Backoff backoff = new Backoff();
        private List<Step> batch = new ArrayList<>(BATCH); // the planner's
        private long planned; // the planner's
        private long count;
        private volatile long done;

        RacyThread(int cpu) {
            super(cpu);
            this.cpu = cpu;
        }

        void plan(Step step) {
            planned++;
            batch.add(step);
            if (batch.size() == BATCH) {
                flush();
            }
        }

        void flush() {
            if (!batch.isEmpty()) {
                handedOver.add(batch);
                batch = new ArrayList<>(BATCH);
            }
        }

        @Override
        public void run() {
            try {
                List<Step> steps = next();
                while (steps != null && playAll(steps)) {
                    steps = next();
                }
            } catch (Error e) {
                error = e;
            }
        }

        private List<Step> next() {
            backoff.reset();
            for (; ; ) {
                boolean last = noMore; // before the poll: what was handed over before is not overlooked
                List<Step> steps = handedOver.poll();
                if (steps != null || last || isOver()) {
                    return steps;
                }
                backoff.pause();
            }
        }

        private boolean playAll(List<Step> steps) {
            for (Step step : steps) {
                if (!awaitTurn(step)) {
                    return false;
                }
                perturbation.at(Perturbation.Point.BEFORE_STEP);
                plays(step.event);
                try {
                    step.action.run();
                } catch (RuntimeException e) {
                    findings.mismatch(
                            step.life == null ? step.event.pid() : step.life.pid,
                            "line " + step.event.line() + " cannot be played: " + e);
                }
                plays(null);
                perturbation.at(Perturbation.Point.AFTER_STEP);
                step.done();
                done = ++count;
            }
            return true;
        }

        private boolean awaitTurn(Step step) {
            if (step.isDue()) {
                return true;
            }
            backoff.reset();
            long seen = -1;
            long since = 0;
            while (!step.isDue()) {
                if (isOver()) {
                    return false;
                }
                backoff.pause();
                if (backoff.isLong()) {
                    long all = done();
                    long now = System.nanoTime();
                    if (all != seen) {
                        seen = all;
                        since = now;
                    } else if (now - since > patienceNanos) {
                        standstill = "the replay stands still: CPU " + cpu + " cannot go on at line "
                                + step.event.line() + " of the recording, since what must come first does not come";
                    }
                }
            }
            return true;
        }
    }
}

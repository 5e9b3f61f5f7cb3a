package org.jurcu.stress.litmus;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** One run of a program: what its threads share, and what they found. */
final class Race {
    private final Program program;
    private final Domain domain;
    private final Domain srcu;
    private final Batch batch;
    private final Rendezvous rendezvous;
    private final boolean multiplexed;
    private final long endNanos;
    private final long enough;
    private final CountDownLatch running;
    private final AtomicReference<String> failure = new AtomicReference<>();
    private final long[] counts;

    /** From here on by the first process only, between two batches. */
    private long random;

    private long wanted;
    private long samples;
    private boolean over;

    /**
     * Makes a race.
     *
     * @param domain of the program's sections and grace periods; null if it has none
     * @param srcu the other domain
     * @param nanos how long it may last
     * @param enough how often the outcome in question has to be seen to make an end before that
     */
    Race(
            Program program,
            Domain domain,
            Domain srcu,
            Batch batch,
            boolean multiplexed,
            long nanos,
            long enough,
            long seed) {
        this.program = program;
        this.domain = domain;
        this.srcu = srcu;
        this.batch = batch;
        this.multiplexed = multiplexed;
        this.enough = enough;
        rendezvous = new Rendezvous(program.processes(), multiplexed);
        running = new CountDownLatch(program.processes());
        counts = new long[program.outcomes()];
        random = seed | 1;
        endNanos = System.nanoTime() + nanos;
        renewBatch();
    }

    private void renewBatch() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        int sizes = Integer.numberOfTrailingZeros(Batch.LARGEST_GROUP) + 1;
        boolean tight = (random & 3) == 0;
        batch.renew(1 << ((int) ((random >>> 2) & 0xffff) % sizes), tight, program.initially());
    }

    /** Counts the outcomes of a batch that all have done with, and makes the next. */
    void count() {
        for (int instance = 0; instance < batch.instances(); instance++) {
            int outcome = program.outcome(batch, instance);
            counts[outcome]++;
            if (program.isWanted(outcome)) {
                wanted++;
            }
        }
        samples += batch.instances();
        over = wanted >= enough || System.nanoTime() - endNanos >= 0;
        renewBatch();
    }

    boolean isOver() {
        return over;
    }

    Program program() {
        return program;
    }

    Domain domain() {
        return domain;
    }

    Domain srcu() {
        return srcu;
    }

    Batch batch() {
        return batch;
    }

    Rendezvous rendezvous() {
        return rendezvous;
    }

    boolean isMultiplexed() {
        return multiplexed;
    }

    /** A process cannot go on: it says where, and the others are sent home. */
    void fail(int process, String line, Throwable e) {
        String where = line == null ? "among the others" : "at '" + line + "'";
        failure.compareAndSet(null, "P" + process + " ended " + where + " with " + e);
        rendezvous.abandon();
    }

    void left() {
        running.countDown();
    }

    boolean awaitAll(long nanos) throws InterruptedException {
        return running.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** Returns why it broke off, or null. */
    String failure() {
        return failure.get();
    }

    /** Returns what was counted; to be called when all have left. */
    Tally tally(double seconds) {
        return new Tally(program, samples, wanted, counts, seconds, failure.get());
    }
}

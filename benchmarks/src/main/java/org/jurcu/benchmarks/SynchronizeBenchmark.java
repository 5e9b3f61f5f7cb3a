package org.jurcu.benchmarks;

import java.util.concurrent.TimeUnit;
import org.jurcu.fence.AsymmetricFence;
import org.jurcu.rcu.RcuReader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One grace period: how long an updater waits with no reader about, with one that never rests, and with a second updater.
 *
 * <p>The floor without readers is what the handshake needs in any case: an atomic add of the epoch and a heavy fence. The
 * floor with a reader is the same and one look at a word that the reader keeps writing, whatever it finds there: a heavy
 * fence costs more when another thread runs, and the word's cache line has to come over. No reader is waited for, so a grace
 * period that meets one inside its section must cost more.
 */
@State(Scope.Group)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class SynchronizeBenchmark {
    private final PaddedCell epoch = new PaddedCell(1);
    private final PaddedCell announced = new PaddedCell(0);

    /** No reader has registered. */
    @Benchmark
    @Group("idle")
    @GroupThreads(1)
    public void idle(Domain domain) {
        domain.rcu.synchronize();
    }

    /** No reader has registered, and the caller is in a hurry. */
    @Benchmark
    @Group("idleExpedited")
    @GroupThreads(1)
    public void idleExpedited(Domain domain) {
        domain.rcu.synchronizeExpedited();
    }

    /** No reader has registered, and two threads call: what each waits, sharing the grace period where it may. */
    @Benchmark
    @Group("twoCallers")
    @GroupThreads(2)
    public void twoCallers(Domain domain) {
        domain.rcu.synchronize();
    }

    /** The updater beside {@link #reads}. */
    @Benchmark
    @Group("oneReader")
    @GroupThreads(1)
    public void synchronizes(Domain domain) {
        domain.rcu.synchronize();
    }

    /** The reader beside {@link #synchronizes}: section after section. */
    @Benchmark
    @Group("oneReader")
    @GroupThreads(1)
    public long reads(Domain domain, ThreadReader thread) {
        return section(domain, thread.reader);
    }

    /** The hurried updater beside {@link #readsOn}. */
    @Benchmark
    @Group("oneReaderExpedited")
    @GroupThreads(1)
    public void synchronizesExpedited(Domain domain) {
        domain.rcu.synchronizeExpedited();
    }

    /** The reader beside {@link #synchronizesExpedited}: section after section. */
    @Benchmark
    @Group("oneReaderExpedited")
    @GroupThreads(1)
    public long readsOn(Domain domain, ThreadReader thread) {
        return section(domain, thread.reader);
    }

    private static long section(Domain domain, RcuReader reader) {
        reader.lock();
        try {
            return domain.reference.dereference().value;
        } finally {
            reader.unlock();
        }
    }

    /** Floor of the class without readers: an epoch advanced, and one heavy fence. */
    @Benchmark
    @Group("floorFenceAndEpoch")
    @GroupThreads(1)
    public long floorFenceAndEpoch() {
        long now = epoch.getAndAddLong(1);
        AsymmetricFence.heavy();
        return now;
    }

    /** Floor of {@link #synchronizes}: the same, and one look at the word that {@link #floorReads} writes. */
    @Benchmark
    @Group("floorOneReader")
    @GroupThreads(1)
    public long floorSynchronizes() {
        epoch.getAndAddLong(1);
        AsymmetricFence.heavy();
        return announced.loadVolatileLong();
    }

    /** The other side of {@link #floorSynchronizes}: announces, looks, withdraws, as a reader does. */
    @Benchmark
    @Group("floorOneReader")
    @GroupThreads(1)
    public long floorReads(Domain domain) {
        announced.storeReleaseLong(epoch.loadVolatileLong());
        AsymmetricFence.light();
        long value = domain.reference.dereference().value;
        announced.storeReleaseLong(0);
        return value;
    }
}

package org.jurcu.benchmarks;

import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.infra.Control;

/**
 * One grace period: how long an updater waits with no reader about, and with one that never rests.
 *
 * <p>The floor without readers is what the handshake needs in any case: an atomic add of the epoch and a full fence. The
 * floor with a reader is one question and answer between two threads over two words: no wait for another thread ends
 * sooner.
 */
@State(Scope.Group)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class SynchronizeBenchmark {
    private final PaddedCell epoch = new PaddedCell(1);
    private final PaddedCell question = new PaddedCell(0);
    private final PaddedCell answer = new PaddedCell(0);

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
        RcuReader reader = thread.reader;
        reader.lock();
        try {
            return domain.reference.dereference().value;
        } finally {
            reader.unlock();
        }
    }

    /** Floor of the class without readers: one full fence, and an epoch advanced. */
    @Benchmark
    @Group("floorFenceAndEpoch")
    @GroupThreads(1)
    public long floorFenceAndEpoch() {
        VarHandle.fullFence();
        return epoch.getAndAddLong(1);
    }

    /** Floor of {@link #synchronizes}: asks, and waits for the answer. */
    @Benchmark
    @Group("floorOneReader")
    @GroupThreads(1)
    public void floorSynchronizes(Control control) {
        long asked = epoch.getAndAddLong(1);
        question.storeReleaseLong(asked);
        while (answer.loadAcquireLong() != asked && !control.stopMeasurement) {
            Thread.onSpinWait();
        }
    }

    /** The other side of {@link #floorSynchronizes}: answers whatever was asked last. */
    @Benchmark
    @Group("floorOneReader")
    @GroupThreads(1)
    public void answers() {
        answer.storeReleaseLong(question.loadAcquireLong());
    }
}

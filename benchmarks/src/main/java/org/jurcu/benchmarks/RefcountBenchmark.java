package org.jurcu.benchmarks;

import java.util.concurrent.TimeUnit;
import org.jurcu.refcount.LegacyRefcount;
import org.jurcu.refcount.Rcuref;
import org.jurcu.refcount.Refcount;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A reference taken and given back on a count that lives: the pair, since a count that only rose would saturate.
 *
 * <p>The floors are the same read-modify-writes on a bare int with none of refcount_t's checks. The difference is the
 * price of saturation and of the warnings. {@link RefcountScalingBenchmark} has two threads on one count.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class RefcountBenchmark {
    private final Refcount refcount = new Refcount(1);
    private final LegacyRefcount legacy = new LegacyRefcount(1);
    private final Rcuref rcuref = new Rcuref(1);
    private final PaddedCell cell = new PaddedCell(1);

    /** Takes a reference for sure, gives it back: {@code refcount_inc}, {@code refcount_dec_and_test}. */
    @Benchmark
    public boolean incDecAndTest() {
        refcount.inc();
        return refcount.decAndTest();
    }

    /** Takes a reference unless the count is 0, gives it back: {@code refcount_inc_not_zero} and the same. */
    @Benchmark
    public boolean incNotZeroDecAndTest() {
        if (!refcount.incNotZero()) {
            throw new IllegalStateException("the count fell to 0 although the benchmark holds one reference");
        }
        return refcount.decAndTest();
    }

    /** Takes a reference of an {@code rcuref_t}, gives it back in a section that the put opens for itself. */
    @Benchmark
    public boolean rcurefGetPut(ThreadReader thread) {
        if (!rcuref.get()) {
            throw new IllegalStateException("the count fell to 0 although the benchmark holds one reference");
        }
        return rcuref.put(thread.reader);
    }

    /** The same by {@code putRcusafe()}, which neither opens a section nor looks for one: {@code rcuref_put_rcusafe}. */
    @Benchmark
    public boolean rcurefGetPutRcusafe() {
        if (!rcuref.get()) {
            throw new IllegalStateException("the count fell to 0 although the benchmark holds one reference");
        }
        return rcuref.putRcusafe();
    }

    /** {@link #incDecAndTest} as Linux 5.4 did it. */
    @Benchmark
    public boolean legacyIncDecAndTest() {
        legacy.inc();
        return legacy.decAndTest();
    }

    /** Floor of {@link #incDecAndTest}: two bare getAndAdds. */
    @Benchmark
    public boolean floorIncDecAndTest() {
        cell.getAndAddInt(1);
        return cell.getAndAddInt(-1) == 1;
    }

    /** Floor of {@link #rcurefGetPut}: the same two. */
    @Benchmark
    public boolean floorRcurefGetPut() {
        return floorIncDecAndTest();
    }

    /** Floor of {@link #rcurefGetPutRcusafe}: the same two. */
    @Benchmark
    public boolean floorRcurefGetPutRcusafe() {
        return floorIncDecAndTest();
    }

    /** Floor of {@link #legacyIncDecAndTest}: two bare CAS loops. */
    @Benchmark
    public boolean floorLegacyIncDecAndTest() {
        int c;
        do {
            c = cell.loadVolatileInt();
        } while (!cell.casInt(c, c + 1));
        do {
            c = cell.loadVolatileInt();
        } while (!cell.casInt(c, c - 1));
        return c == 1;
    }

    /** Floor of {@link #incNotZeroDecAndTest}: a bare CAS loop and a bare getAndAdd. */
    @Benchmark
    public boolean floorIncNotZeroDecAndTest() {
        int c;
        do {
            c = cell.loadVolatileInt();
            if (c == 0) {
                return true;
            }
        } while (!cell.casInt(c, c + 1));
        return cell.getAndAddInt(-1) == 1;
    }
}

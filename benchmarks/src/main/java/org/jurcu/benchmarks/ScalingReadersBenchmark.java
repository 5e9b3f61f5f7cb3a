package org.jurcu.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One grace period beside many readers that are registered and do nothing. Those who do nothing for long are struck off its list and
 * come back in their next section; the report gives the slope, in nanoseconds a reader.
 *
 * <p>The floor looks at as many padded words: what the memory asks for it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class ScalingReadersBenchmark {
    /** One grace period. */
    @Benchmark
    public void synchronize(IdleReaders idle) {
        idle.rcu.synchronize();
    }

    /**
     * A section of a reader that has one in so many periods, and those periods. Beside no idle reader it is left alone; beside
     * many it is made to doze once in 32 periods, and struck off if it had no section in 16 to 31.
     */
    @Benchmark
    public void sparseSection(IdleReaders idle, SparseReader sparse) {
        for (int i = 0; i < sparse.periods; i++) {
            idle.rcu.synchronize();
        }
        sparse.reader.lock();
        sparse.reader.unlock();
    }

    /** Floor of {@link #synchronize}: one volatile load of each of as many words. */
    @Benchmark
    public long floorSynchronize(IdleReaders idle) {
        long sum = 0;
        for (PaddedCell word : idle.words) {
            sum += word.loadVolatileLong();
        }
        return sum;
    }
}

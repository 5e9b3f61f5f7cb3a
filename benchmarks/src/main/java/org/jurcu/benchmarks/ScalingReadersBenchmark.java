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
 * One grace period beside many readers that are registered and do nothing. It has to look at each, so it grows in a line;
 * the report gives the slope, in nanoseconds a reader.
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

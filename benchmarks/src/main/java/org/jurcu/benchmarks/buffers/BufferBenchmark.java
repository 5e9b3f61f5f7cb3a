package org.jurcu.benchmarks.buffers;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Buffers outside the heap that readers find by an index while an updater replaces them.
 *
 * <p>{@code replace} is the updater alone, as fast as it gets: take, fill, publish, and let the old one be freed. In the
 * groups it replaces one buffer and then sleeps, some ten thousand a second under each scheme, so that their readers meet
 * the same; the time of that role is the sleep's. {@code lookups:looksUp} is a reader beside it,
 * {@code bystanders:works} a thread that reads no buffer at all.
 *
 * <p>The floors free a buffer at once, whoever reads it; that of the bystander has a thread beside it that only sleeps.
 *
 * <p>Each read checks what it reads, and the end of a trial that every buffer was freed, once.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class BufferBenchmark {
    private static final long PAUSE_NANOS = 50_000;

    /** The buffers. */
    @State(Scope.Benchmark)
    public static class Buffers {
        /** How they are freed. */
        @Param
        public Scheme scheme;

        private BufferIndex index;

        /** Allocates. */
        @Setup(Level.Trial)
        public void create() {
            index = scheme.create();
        }

        /** Frees all, and looks whether all are free. */
        @TearDown(Level.Trial)
        public void close() {
            if (index != null) {
                index.close();
            }
        }
    }

    /** The same without protection. */
    @State(Scope.Benchmark)
    public static class Bare {
        private final BufferIndex index = new BareBuffers();

        /** Frees all, and looks whether all are free. */
        @TearDown(Level.Trial)
        public void close() {
            index.close();
        }
    }

    /** What a thread has of its own. */
    @State(Scope.Thread)
    public static class Turn {
        private int last;

        int next() {
            last = (last + 1) % BufferIndex.KEYS;
            return last;
        }
    }

    /** A reader of the buffers. */
    @State(Scope.Thread)
    public static class Reads extends Turn {
        private BufferIndex.Reader reader;

        /** Registers the thread. */
        @Setup(Level.Trial)
        public void register(Buffers buffers) {
            reader = buffers.index.reader();
        }

        /** Takes it out again. */
        @TearDown(Level.Trial)
        public void unregister() {
            reader.close();
        }
    }

    /** A reader without protection. */
    @State(Scope.Thread)
    public static class BareReads extends Turn {
        private BufferIndex.Reader reader;

        /** Makes it. */
        @Setup(Level.Trial)
        public void register(Bare bare) {
            reader = bare.index.reader();
        }
    }

    /** The bystander's own memory. */
    @State(Scope.Thread)
    public static class Work {
        private final long[] words = new long[64];

        long once() {
            long hash = 1;
            for (int i = 0; i < words.length; i++) {
                hash = hash * 31 + words[i];
                words[i] = hash;
            }
            return hash;
        }
    }

    /** Replaces one buffer after the other, and reads none. */
    @Benchmark
    public void replace(Buffers buffers, Turn turn) {
        buffers.index.replace(turn.next());
    }

    /** Floor of {@link #replace}. */
    @Benchmark
    public void floorReplace(Bare bare, Turn turn) {
        bare.index.replace(turn.next());
    }

    /** Reads while {@link #replacesForReader} replaces. */
    @Benchmark
    @Group("lookups")
    @GroupThreads(1)
    public long looksUp(Reads reads) {
        return reads.reader.sum(reads.next());
    }

    /** Replaces one, and sleeps. */
    @Benchmark
    @Group("lookups")
    @GroupThreads(1)
    public void replacesForReader(Buffers buffers, Turn turn) {
        buffers.index.replace(turn.next());
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    /** Floor of {@link #looksUp}. */
    @Benchmark
    @Group("floorLookups")
    @GroupThreads(1)
    public long floorLooksUp(BareReads reads) {
        return reads.reader.sum(reads.next());
    }

    /** Beside {@link #floorLooksUp}: replaces one, and sleeps. */
    @Benchmark
    @Group("floorLookups")
    @GroupThreads(1)
    public void floorReplacesForReader(Bare bare, Turn turn) {
        bare.index.replace(turn.next());
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    /** Works on memory of its own while {@link #replacesForBystander} replaces buffers. */
    @Benchmark
    @Group("bystanders")
    @GroupThreads(1)
    public long works(Work work) {
        return work.once();
    }

    /** Replaces one, and sleeps. */
    @Benchmark
    @Group("bystanders")
    @GroupThreads(1)
    public void replacesForBystander(Buffers buffers, Turn turn) {
        buffers.index.replace(turn.next());
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    /** Floor of {@link #works}. */
    @Benchmark
    @Group("floorBystanders")
    @GroupThreads(1)
    public long floorWorks(Work work) {
        return work.once();
    }

    /** Beside {@link #floorWorks}: replaces nothing, and sleeps. */
    @Benchmark
    @Group("floorBystanders")
    @GroupThreads(1)
    public void floorReplacesForBystander() {
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}

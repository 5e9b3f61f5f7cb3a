package org.jurcu.benchmarks;

import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.jurcu.rcu.RcuReader;
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
 * One look through a protected pointer: how each scheme enters, loads the pointer and one field, and leaves.
 *
 * <p>Two floors. {@link #floorVolatileRead} is the look without protection, what an asymmetric reader would approach.
 * {@link #floorFullFence} is one full fence, which a reader that announces itself without help from the updater cannot
 * do without. With {@code -t 2} the peers that write a shared word pay for its line; the readers of RCU do not.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class ReadSideBenchmark {
    private final StampedLock stampedLock = new StampedLock();
    private final ReentrantReadWriteLock readWriteLock = new ReentrantReadWriteLock();
    private final AtomicInteger count = new AtomicInteger(1);
    private volatile Payload payload = new Payload(42);

    /** The fastest way in: the thread's own handle at hand. */
    @Benchmark
    public long rcuReader(Domain domain, ThreadReader thread) {
        RcuReader reader = thread.reader;
        reader.lock();
        try {
            return domain.reference.dereference().value;
        } finally {
            reader.unlock();
        }
    }

    /** The handle is looked up by thread. */
    @Benchmark
    public long rcuReadLock(Domain domain) {
        domain.rcu.readLock();
        try {
            return domain.reference.dereference().value;
        } finally {
            domain.rcu.readUnlock();
        }
    }

    /** What a nested section adds: it touches the nesting count only. */
    @Benchmark
    public long rcuReaderNested(Domain domain, ThreadReader thread) {
        RcuReader reader = thread.reader;
        reader.lock();
        try {
            reader.lock();
            try {
                return domain.reference.dereference().value;
            } finally {
                reader.unlock();
            }
        } finally {
            reader.unlock();
        }
    }

    /** Peer: reads optimistically and validates; it must copy what it reads, and may not follow a recycled pointer. */
    @Benchmark
    public long peerStampedLockOptimistic() {
        long stamp = stampedLock.tryOptimisticRead();
        long value = payload.value;
        if (stampedLock.validate(stamp)) {
            return value;
        }
        stamp = stampedLock.readLock();
        try {
            return payload.value;
        } finally {
            stampedLock.unlockRead(stamp);
        }
    }

    /** Peer: a shared read lock; each reader writes the lock word. */
    @Benchmark
    public long peerStampedLockRead() {
        long stamp = stampedLock.readLock();
        try {
            return payload.value;
        } finally {
            stampedLock.unlockRead(stamp);
        }
    }

    /** Peer: the reentrant read lock. */
    @Benchmark
    public long peerReadWriteLock() {
        readWriteLock.readLock().lock();
        try {
            return payload.value;
        } finally {
            readWriteLock.readLock().unlock();
        }
    }

    /** Peer: a reference count that each reader raises and drops; what JVM engines do today. */
    @Benchmark
    public long peerSharedCount() {
        int c;
        do {
            c = count.get();
            if (c == 0) {
                throw new IllegalStateException("the count fell to 0 although the benchmark holds one reference");
            }
        } while (!count.compareAndSet(c, c + 1));
        try {
            return payload.value;
        } finally {
            count.getAndDecrement();
        }
    }

    /** Floor: the look alone. */
    @Benchmark
    public long floorVolatileRead() {
        return payload.value;
    }

    /** Floor: one full fence and nothing else. */
    @Benchmark
    public void floorFullFence() {
        VarHandle.fullFence();
    }
}

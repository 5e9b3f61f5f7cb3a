package org.jurcu.benchmarks;

import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.HdrHistogram.WriterReaderPhaser;
import org.jurcu.benchmarks.toy.ToyReader;
import org.jurcu.rcu.QsbrReader;
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
 * One look through a protected pointer: how each scheme enters, loads the pointer and one field, and leaves. All of them
 * follow the same {@link Domain#reference}, so that they differ in their protection only.
 *
 * <p>Four floors. {@link #floorVolatileRead} is the look without protection, which a reader approaches whose updater takes
 * the burden over. {@link #floorFullFence} is one full fence, which a reader that announces itself without such help cannot
 * do without, and {@link #floorFencedRead} that fence with the look behind it. {@link #floorSrcuReadLock} is two atomic
 * additions to words that nobody else writes.
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
    private final WriterReaderPhaser phaser = new WriterReaderPhaser();

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

    /** Marks that are checked in strict mode, and have no code otherwise. */
    @Benchmark
    public long qsbrReader(Domain domain, QsbrThread thread) {
        QsbrReader reader = thread.reader;
        reader.lock();
        try {
            return domain.reference.dereference().value;
        } finally {
            reader.unlock();
        }
    }

    /** The same with a quiescent state behind each section, the most that anybody would pay. */
    @Benchmark
    public long qsbrQuiescentState(Domain domain, QsbrThread thread) {
        long value = qsbrReader(domain, thread);
        thread.reader.quiescentState();
        return value;
    }

    /** The readers that may block and belong to no thread: counted in and out. */
    @Benchmark
    public long srcuReadLock(Domain domain, SrcuDomain sleepable) {
        int token = sleepable.srcu.readLock();
        try {
            return domain.reference.dereference().value;
        } finally {
            sleepable.srcu.readUnlock(token);
        }
    }

    /** Peer: reads optimistically and validates; it must copy what it reads, and may not follow a recycled pointer. */
    @Benchmark
    public long peerStampedLockOptimistic(Domain domain) {
        long stamp = stampedLock.tryOptimisticRead();
        long value = domain.reference.dereference().value;
        if (stampedLock.validate(stamp)) {
            return value;
        }
        return peerStampedLockRead(domain);
    }

    /** Peer: a shared read lock; each reader writes the lock word. */
    @Benchmark
    public long peerStampedLockRead(Domain domain) {
        long stamp = stampedLock.readLock();
        try {
            return domain.reference.dereference().value;
        } finally {
            stampedLock.unlockRead(stamp);
        }
    }

    /** Peer: the reentrant read lock. */
    @Benchmark
    public long peerReadWriteLock(Domain domain) {
        readWriteLock.readLock().lock();
        try {
            return domain.reference.dereference().value;
        } finally {
            readWriteLock.readLock().unlock();
        }
    }

    /** Peer: a reference count that each reader raises and drops; what JVM engines do today. */
    @Benchmark
    public long peerSharedCount(Domain domain) {
        int c;
        do {
            c = count.get();
            if (c == 0) {
                throw new IllegalStateException("the count fell to 0 although the benchmark holds one reference");
            }
        } while (!count.compareAndSet(c, c + 1));
        try {
            return domain.reference.dereference().value;
        } finally {
            count.getAndDecrement();
        }
    }

    /** Peer: HdrHistogram's phaser, by whose names a reader is a writer; two atomic additions to shared words. */
    @Benchmark
    public long peerWriterReaderPhaser(Domain domain) {
        long criticalValue = phaser.writerCriticalSectionEnter();
        try {
            return domain.reference.dereference().value;
        } finally {
            phaser.writerCriticalSectionExit(criticalValue);
        }
    }

    /**
     * Peer: a long in a shared {@code Arena}. One access checks that the arena is open; closing it stops each thread by a
     * handshake. So it protects a single access, not a section, and no objects.
     */
    @Benchmark
    public long peerSharedArenaRead(SharedArena arena) {
        return ForeignMemory.firstLong(arena.shared.dereference());
    }

    /**
     * Peer: a shared {@code Arena} that is held open over a section, which its API offers for the time of a native call
     * only: a downcall of {@code strnlen(segment, 0)}. The arena's count is raised before it and dropped after it. Subtract
     * {@link #peerGlobalArenaDowncall}, the same call with a segment that needs no holding.
     */
    @Benchmark
    public long peerSharedArenaDowncall(SharedArena arena) {
        return ForeignMemory.strnlenOfNothing(arena.shared.dereference());
    }

    /** Peer: the native call alone. */
    @Benchmark
    public long peerGlobalArenaDowncall(SharedArena arena) {
        return ForeignMemory.strnlenOfNothing(arena.global.dereference());
    }

    /**
     * Control: the toy RCUs of a textbook, one after the other. A scheme that is no better than these has no reason to be.
     * What lacks a word of its own for each reader shows it with two threads.
     */
    @Benchmark
    public long toyRcu(Domain domain, ToyThread thread) {
        ToyReader reader = thread.reader;
        reader.lock();
        try {
            return domain.reference.dereference().value;
        } finally {
            reader.unlock();
        }
    }

    /** Floor: the look alone. */
    @Benchmark
    public long floorVolatileRead(Domain domain) {
        return domain.reference.dereference().value;
    }

    /** Floor: one full fence and nothing else. */
    @Benchmark
    public void floorFullFence() {
        VarHandle.fullFence();
    }

    /** Floor: one full fence, and the look behind it, which cannot begin before the fence is through. */
    @Benchmark
    public long floorFencedRead(Domain domain) {
        VarHandle.fullFence();
        return domain.reference.dereference().value;
    }

    /** Floor of {@link #srcuReadLock}: two atomic additions to words that no other thread touches. */
    @Benchmark
    public long floorSrcuReadLock(TwoWords own) {
        return own.first.getAndAddLong(1) + own.second.getAndAddLong(1);
    }
}

package org.jurcu.examples;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuHead;
import org.jurcu.rcu.RcuReference;
import org.jurcu.refcount.Refcount;

/**
 * Protects buffers outside of the heap that are pooled, so that the collector is of no help: four buffers, of which one is
 * current, two readers, and an updater that replaces the current one again and again.
 *
 * <p>A reader in a hurry reads inside a section. One that takes its time takes a reference there with {@code incNotZero},
 * leaves the section, and puts the reference when it is done. The last put does not recycle: it queues the buffer, since
 * somebody who found it inside a section may be about to ask {@code incNotZero}, and must be told no. A grace period later
 * nobody can, the memory is wiped, and the buffer is in the pool again.
 *
 * <pre>
 * mvn verify
 * java -cp benchmarks/target/benchmarks.jar:rcu-runtime/target/test-classes org.jurcu.examples.BufferPool
 * </pre>
 */
public final class BufferPool implements AutoCloseable {
    private static final int BUFFERS = 4;
    private static final int LONGS = 64;
    private static final long WIPED = -1;

    private final Rcu rcu = Rcu.create("buffers");
    private final BlockingQueue<Buffer> idle = new ArrayBlockingQueue<>(BUFFERS);
    private final RcuReference<Buffer> current = new RcuReference<>();
    private final LongAdder inSections = new LongAdder();
    private final LongAdder byReference = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder spoiled = new LongAdder();
    private volatile boolean done;

    /** A page of memory that the collector does not manage, and its own callback. */
    private final class Buffer implements RcuHead {
        private final ByteBuffer memory = ByteBuffer.allocateDirect(LONGS * Long.BYTES);
        private final Refcount refs = new Refcount(0);

        private void fill(long value) {
            for (int i = 0; i < LONGS; i++) {
                memory.putLong(i * Long.BYTES, value);
            }
        }

        /** Whether all of it is one version's. */
        private boolean isWhole() {
            long first = memory.getLong(0);
            for (int i = LONGS - 1; i > 0; i--) {
                if (memory.getLong(i * Long.BYTES) != first) {
                    return false;
                }
            }
            return first != WIPED;
        }

        private void put() {
            if (refs.decAndTest()) {
                rcu.call(this);
            }
        }

        /** Nobody can have it any more. */
        @Override
        public void invoke() {
            fill(WIPED);
            idle.add(this);
        }
    }

    /** What a run saw; {@code spoiled} reads saw a buffer that was recycled under them. */
    public record Outcome(
            long versions, long inSections, long byReference, long refused, long spoiled, int idle, int buffers) {}

    private BufferPool() {
        for (int i = 0; i < BUFFERS; i++) {
            idle.add(new Buffer());
        }
    }

    private void publish(long version) throws InterruptedException {
        Buffer next = idle.take(); // waits, with no section open, until a grace period gives one back
        next.fill(version);
        next.refs.setRelease(1); // the pointer's own
        Buffer old = current.getAndAssign(next);
        if (old != null) {
            old.put();
        }
    }

    private void readInSections() {
        do {
            rcu.readLock();
            try {
                check(current.dereference());
            } finally {
                rcu.readUnlock();
            }
            inSections.increment();
        } while (!done);
    }

    private void readByReference() {
        do {
            Buffer buffer = get();
            check(buffer);
            buffer.put();
            byReference.increment();
        } while (!done);
    }

    private Buffer get() {
        while (true) {
            rcu.readLock();
            try {
                Buffer buffer = current.dereference();
                letTheUpdaterRun();
                if (buffer.refs.incNotZero()) {
                    return buffer;
                }
            } finally {
                rcu.readUnlock();
            }
            refused.increment(); // replaced between the two: there is a newer one
        }
    }

    private void check(Buffer buffer) {
        long version = buffer.memory.getLong(0);
        letTheUpdaterRun();
        if (!buffer.isWhole() || buffer.memory.getLong(0) != version) {
            spoiled.increment();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // correct without: it gives the updater a chance to do harm
    private static void letTheUpdaterRun() {
        Thread.yield();
    }

    /** Publishes so many versions under two readers. */
    public static Outcome run(long versions) throws InterruptedException {
        BufferPool pool = new BufferPool();
        try (pool) {
            pool.publish(0);
            Thread hurried = new Thread(pool::readInSections, "hurried");
            Thread slow = new Thread(pool::readByReference, "slow");
            hurried.start();
            slow.start();
            for (long version = 1; version < versions; version++) {
                pool.publish(version);
            }
            pool.done = true;
            hurried.join();
            slow.join();
            pool.current.getAndAssign(null).put();
        } // runs the callbacks that are still queued
        return new Outcome(
                versions,
                pool.inSections.sum(),
                pool.byReference.sum(),
                pool.refused.sum(),
                pool.spoiled.sum(),
                pool.idle.size(),
                BUFFERS);
    }

    @Override
    public void close() {
        rcu.close();
    }

    public static void main(String[] args) throws InterruptedException {
        Outcome o = run(args.length > 0 ? Long.parseLong(args[0]) : 20_000);
        System.out.printf("%d versions in %d buffers%n", o.versions(), o.buffers());
        System.out.printf("%d reads in sections, %d by reference%n", o.inSections(), o.byReference());
        System.out.printf("%d times a buffer was gone and a newer one was taken%n", o.refused());
        System.out.printf("%d reads were spoiled%n", o.spoiled());
        System.out.printf("%d of %d buffers are back in the pool%n", o.idle(), o.buffers());
    }
}

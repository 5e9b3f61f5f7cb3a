package org.jurcu.benchmarks;

import java.util.concurrent.CountDownLatch;
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuReader;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A domain with readers that have registered and are outside every section. Each has a thread of its own, parked: a handle
 * belongs to a thread, and a record whose thread has died would be swept. The threads are virtual, since a machine that
 * is small enough to be at hand does not bear 100,000 others.
 */
@State(Scope.Benchmark)
public class IdleReaders {
    /** How many. */
    @Param({"0", "10000", "100000"})
    int readers;

    Rcu rcu;
    PaddedCell[] words;
    private final CountDownLatch leave = new CountDownLatch(1);
    private CountDownLatch left;

    /** Starts the threads and waits until all have registered. */
    @Setup(Level.Trial)
    public void register() throws InterruptedException {
        rcu = Rcu.create("idle-readers");
        words = new PaddedCell[readers];
        for (int i = 0; i < readers; i++) {
            words[i] = new PaddedCell(0);
        }
        left = new CountDownLatch(readers);
        if (readers == 0) {
            return;
        }
        SkippedException.unlessJdk(21, "Starting so many threads");
        CountDownLatch registered = new CountDownLatch(readers);
        for (int i = 0; i < readers; i++) {
            VirtualThreads.start(() -> idle(registered));
        }
        registered.await();
        int counted = rcu.stats().readersRegistered();
        if (counted != readers) {
            throw new IllegalStateException("the domain has " + counted + " readers, not " + readers);
        }
    }

    private void idle(CountDownLatch registered) {
        RcuReader reader = rcu.register();
        try {
            registered.countDown();
            leave.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts an idle reader", e);
        } finally {
            reader.close();
            left.countDown();
        }
    }

    /** Lets the threads go. */
    @TearDown(Level.Trial)
    public void close() throws InterruptedException {
        leave.countDown();
        left.await();
        rcu.close();
    }
}

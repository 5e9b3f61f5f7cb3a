package org.jurcu.benchmarks;

import org.jurcu.rcu.Rcu;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A domain with readers that have registered and are outside every section. Each has a thread of its own: a handle
 * belongs to a thread, and a record whose thread has died would be swept.
 */
@State(Scope.Benchmark)
public class IdleReaders {
    /** How many. */
    @Param({"0", "10000", "100000"})
    int readers;

    Rcu rcu;
    PaddedCell[] words;
    private RegisteredReaders idle;

    /** Starts the threads and waits until all have registered. */
    @Setup(Level.Trial)
    public void register() throws InterruptedException {
        rcu = Rcu.create("idle-readers");
        words = new PaddedCell[readers];
        for (int i = 0; i < readers; i++) {
            words[i] = new PaddedCell(0);
        }
        if (readers > 0) {
            SkippedException.unlessJdk(21, "Starting so many threads");
        }
        idle = new RegisteredReaders(rcu, readers);
        int counted = rcu.stats().readersRegistered();
        if (counted != readers) {
            throw new IllegalStateException("the domain has " + counted + " readers, not " + readers);
        }
    }

    /** Lets the threads go. */
    @TearDown(Level.Trial)
    public void close() throws InterruptedException {
        idle.end();
        rcu.close();
    }
}

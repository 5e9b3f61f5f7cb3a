package org.jurcu.benchmarks;

import org.jurcu.rcu.RcuReader;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A measuring thread's own reader handle. JMH sets a thread's state up on that thread, as the handle demands. */
@State(Scope.Thread)
public class ThreadReader {
    RcuReader reader;

    /** Registers the thread. */
    @Setup(Level.Trial)
    public void register(Domain domain) {
        reader = domain.rcu.register();
    }

    /** Gives the record back. */
    @TearDown(Level.Trial)
    public void unregister() {
        reader.close();
    }
}

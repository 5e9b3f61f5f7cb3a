package org.jurcu.benchmarks;

import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuReference;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A domain and a pointer that it protects. */
@State(Scope.Benchmark)
public class Domain {
    Rcu rcu;
    RcuReference<Payload> reference;

    /** Makes both. */
    @Setup(Level.Trial)
    public void create() {
        rcu = Rcu.create("benchmark");
        reference = new RcuReference<>(new Payload(42));
    }

    /** Runs what is still queued, and ends the domain. */
    @TearDown(Level.Trial)
    public void close() {
        rcu.close();
    }
}

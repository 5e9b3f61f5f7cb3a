package org.jurcu.benchmarks;

import org.jurcu.rcu.Srcu;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A domain whose readers count themselves in and out, and need no handle. */
@State(Scope.Benchmark)
public class SrcuDomain {
    final Srcu srcu = Srcu.create("benchmark-srcu");

    /** Ends it. */
    @TearDown(Level.Trial)
    public void close() {
        srcu.close();
    }
}

package org.jurcu.benchmarks;

import org.jurcu.rcu.RcuReader;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The benchmark's thread as a reader that has a section now and then. */
@State(Scope.Thread)
public class SparseReader {
    /** How many grace periods there are between two of its sections. */
    @Param({"1", "20", "100"})
    int periods;

    RcuReader reader;

    /** Registers it behind the idle ones. */
    @Setup(Level.Trial)
    public void register(IdleReaders idle) {
        reader = idle.rcu.register();
    }

    /** Unregisters it. */
    @TearDown(Level.Trial)
    public void close() {
        reader.close();
    }
}

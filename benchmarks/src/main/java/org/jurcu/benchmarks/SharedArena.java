package org.jurcu.benchmarks;

import org.jurcu.rcu.RcuReference;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Memory that a shared {@code Arena} protects, behind the same kind of pointer as the other readers follow. */
@State(Scope.Benchmark)
public class SharedArena {
    RcuReference<Object> shared;
    RcuReference<Object> global;
    private AutoCloseable arena;

    /** Allocates. */
    @Setup(Level.Trial)
    public void allocate() {
        SkippedException.unlessJdk(22, "The shared Arena of java.lang.foreign");
        arena = ForeignMemory.sharedArena();
        shared = new RcuReference<>(ForeignMemory.allocate(arena));
        global = new RcuReference<>(ForeignMemory.globalSegment());
    }

    /** Frees, with the JVM's handshake of all threads. */
    @TearDown(Level.Trial)
    public void close() throws Exception {
        if (arena != null) {
            arena.close();
        }
    }
}

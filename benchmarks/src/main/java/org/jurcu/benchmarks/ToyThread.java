package org.jurcu.benchmarks;

import org.jurcu.benchmarks.toy.Toy;
import org.jurcu.benchmarks.toy.ToyKind;
import org.jurcu.benchmarks.toy.ToyReader;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A measuring thread's own handle on a toy. A fork knows one kind only, so each call has one target. */
@State(Scope.Thread)
public class ToyThread {
    ToyReader reader;

    /** The toy, in which nobody waits for a grace period. */
    @State(Scope.Benchmark)
    public static class OneToy {
        /** Which. */
        @Param
        public ToyKind kind;

        private Toy toy;

        /** Makes it. */
        @Setup(Level.Trial)
        public void create() {
            toy = kind.create(Thread::onSpinWait);
        }
    }

    /** Registers the thread. */
    @Setup(Level.Trial)
    public void register(OneToy one) {
        reader = one.toy.register();
    }

    /** Takes it out again. */
    @TearDown(Level.Trial)
    public void unregister() {
        reader.close();
    }
}

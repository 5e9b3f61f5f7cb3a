package org.jurcu.benchmarks;

import org.jurcu.rcu.Qsbr;
import org.jurcu.rcu.QsbrReader;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A measuring thread's own handle on a domain whose readers announce quiescent states. */
@State(Scope.Thread)
public class QsbrThread {
    QsbrReader reader;

    /** The domain, in which nobody waits for a grace period. */
    @State(Scope.Benchmark)
    public static class QsbrDomain {
        private final Qsbr qsbr = Qsbr.create("benchmark-qsbr");

        /** Ends it. */
        @TearDown(Level.Trial)
        public void close() {
            qsbr.close();
        }
    }

    /** Registers the thread, and so lets it read. */
    @Setup(Level.Trial)
    public void register(QsbrDomain domain) {
        reader = domain.qsbr.register();
    }

    /** Gives the record back. */
    @TearDown(Level.Trial)
    public void unregister() {
        reader.close();
    }
}

package org.jurcu.benchmarks;

import org.jurcu.rcu.Qsbr;
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuDomain;
import org.jurcu.rcu.Srcu;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A domain of each flavour: they share the callbacks' path, and differ in their grace periods. */
@State(Scope.Benchmark)
public class CallDomain {
    /** Which. */
    @Param({"rcu", "qsbr", "srcu"})
    String flavour;

    RcuDomain domain;

    /** Makes it. */
    @Setup(Level.Trial)
    public void create() {
        domain = switch (flavour) {
            case "rcu" -> Rcu.create("calls");
            case "qsbr" -> Qsbr.create("calls");
            case "srcu" -> Srcu.create("calls");
            default -> throw new IllegalArgumentException("there is no flavour " + flavour);
        };
    }

    /** Runs what is still queued, and ends the domain. */
    @TearDown(Level.Trial)
    public void close() {
        domain.close();
    }
}

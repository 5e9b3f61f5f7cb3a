package org.jurcu.benchmarks;

import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Grace periods that nobody waits for: what a poll takes, and how many are in vain.
 *
 * <p>The floor is a full fence and a volatile load: a poll that says yes orders like a {@code synchronize}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class PollBenchmark {
    private final PaddedCell completed = new PaddedCell(1);
    private long cookie;

    /** How the polls ended. JMH gives the time for each of them that ended so. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Answers {
        /** The period is over: so much time lies between two that were asked for one behind the other. */
        public long over;

        /** It is not: a poll in vain. */
        public long notYet;
    }

    /** Asks for a grace period. The next one is asked for when this one is over. */
    @Setup(Level.Trial)
    public void start(Domain domain) {
        cookie = domain.rcu.startPoll();
    }

    /** Polls a period under way, which the domain's own thread drives; when it is over, asks for another. */
    @Benchmark
    public boolean poll(Domain domain, Answers answers) {
        boolean over = domain.rcu.pollState(cookie);
        if (over) {
            answers.over++;
            cookie = domain.rcu.startPoll();
        } else {
            answers.notYet++;
        }
        return over;
    }

    /** Polls a period that is over. */
    @Benchmark
    public boolean pollOver(Over over, Domain domain) {
        return domain.rcu.pollState(over.cookie);
    }

    /** Floor of {@link #pollOver}. */
    @Benchmark
    public boolean floorPollOver() {
        VarHandle.fullFence();
        return completed.loadVolatileLong() >= 1;
    }

    /** A cookie whose period is over. */
    @State(Scope.Thread)
    public static class Over {
        private long cookie;

        /** Waits until it is. */
        @Setup(Level.Trial)
        public void waitFor(Domain domain) {
            cookie = domain.rcu.getState();
            domain.rcu.synchronize();
        }
    }
}

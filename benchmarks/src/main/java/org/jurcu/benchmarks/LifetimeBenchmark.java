package org.jurcu.benchmarks;

import java.util.concurrent.TimeUnit;
import org.jurcu.task.Kernel;
import org.jurcu.task.TaskLayout;
import org.jurcu.task.TaskStruct;
import org.jurcu.task.Tracepoints;
import org.jurcu.task.Wait;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A task's whole life on one CPU: fork, switch in, exit, last switch, wait, and the two grace periods and the slab on the
 * reclaimer's thread. As fast as the slower of the two.
 *
 * <p>The floor is what a program without RCU readers would do for the same: one lock, a free list, a table, two counts, and
 * memory that is used again at once. With {@code -prof gc} neither may allocate.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class LifetimeBenchmark {
    /** A kernel of one CPU, and a process on it that forks and waits. */
    @State(Scope.Benchmark)
    public static class OneCpu {
        /** How the tasks keep their counts. */
        @Param
        public TaskLayout layout;

        private Kernel kernel;
        private TaskStruct parent;

        /** Boots it. */
        @Setup(Level.Trial)
        public void boot() {
            kernel = Kernel.create("lifetime", 1, layout, Tracepoints.NONE);
            parent = kernel.fork().copyProcess(kernel.init(), 0);
            kernel.scheduler().contextSwitch(0, parent, false);
        }

        /** Lets the callbacks run. */
        @TearDown(Level.Trial)
        public void close() {
            kernel.close();
        }

        int lifetime() {
            TaskStruct child = kernel.fork().copyProcess(parent, 0);
            kernel.scheduler().contextSwitch(0, child, false);
            kernel.exit().doExit(child);
            int nr = child.pid();
            kernel.scheduler().contextSwitch(0, parent, true);
            if (kernel.waits().wait4(parent, nr, Wait.WNOHANG) != nr) {
                throw new IllegalStateException("the only child was no zombie");
            }
            return nr;
        }

        Kernel kernel() {
            return kernel;
        }
    }

    /** The same without RCU. */
    @State(Scope.Benchmark)
    public static class Bare {
        private final BareLives lives = new BareLives();

        int lifetime() {
            return lives.lifetime();
        }
    }

    /** A life on the model. */
    @Benchmark
    public int lifetime(OneCpu cpu) {
        return cpu.lifetime();
    }

    /** Floor of {@link #lifetime}. */
    @Benchmark
    public int floorLifetime(Bare bare) {
        return bare.lifetime();
    }
}

package org.jurcu.benchmarks;

import java.util.concurrent.TimeUnit;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.jurcu.task.Kernel;
import org.jurcu.task.RcuUsersSlot;
import org.jurcu.task.TaskLayout;
import org.jurcu.task.TaskStruct;
import org.jurcu.task.Tracepoints;
import org.jurcu.task.UserRefill;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Control;

/**
 * {@code put_task_struct_rcu_user}: the put that is not the last, the pair of a get and a put, and the last put with the
 * grace period and the recycling behind it.
 *
 * <p>The first two on each layout; {@code PRE_UNION} has no rcu users, so there they are {@code tryget_task_struct} and
 * {@code put_task_struct}. The last put is that of the tagged slot.
 *
 * <p>{@link #lastPut} is whole rounds, as fast as the slower of the caller and the reclaimer; {@link #lastPutBurst} is the
 * caller's part alone, in bursts that the queues take without waiting.
 *
 * <p>Each has its floor: the same number of bare atomic additions, and for the last put one trip through a bare JCTools
 * queue beside it, on the same thread for the rounds and to another for the bursts. With {@code -prof gc} none of them may allocate.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class PutTaskStructRcuUserBenchmark {
    private static final int FUNC = RcuUsersSlot.DELAYED_PUT_TASK_STRUCT;

    /** The word beside the tasks'. */
    @State(Scope.Benchmark)
    public static class BareWord {
        private final PaddedCell cell = new PaddedCell(0);
    }

    /** A living task of each layout: a fork knows one of them only, as a real program does. */
    @State(Scope.Benchmark)
    public static class LivingTask {
        /** How it keeps its count. */
        @Param
        public TaskLayout layout;

        Kernel kernel;
        TaskStruct task;
        private boolean rcuUsers;

        /** Forks it. */
        @Setup(Level.Trial)
        public void fork() {
            kernel = Kernel.create("put-task-struct", 1, layout, Tracepoints.NONE);
            task = kernel.fork().copyProcess(kernel.init(), 0);
            rcuUsers = layout.hasRcuUsers();
        }

        boolean tryGet() {
            return rcuUsers ? task.tryGetTaskStructRcuUser() : task.tryGetTaskStruct();
        }

        void put() {
            if (rcuUsers) {
                task.putTaskStructRcuUser();
            } else {
                task.putTaskStruct();
            }
        }

        /** The count that {@link #put} goes down. */
        int users() {
            return rcuUsers ? task.rcuUsers() : task.usage();
        }

        /** Leaves it unreaped: the kernel goes as a whole. */
        @TearDown(Level.Trial)
        public void close() {
            kernel.close();
        }
    }

    /** One with so many users that an iteration does not get to the last one. */
    @State(Scope.Benchmark)
    public static class ManyUsers extends LivingTask {
        /** Gives the task its users back. */
        @Setup(Level.Iteration)
        public void refill() {
            UserRefill.refill(task);
        }
    }

    /** What the floor of the last put goes through. */
    @State(Scope.Thread)
    public static class BareQueue {
        private final MpscVarHandleArrayQueue<Recycled> queue = new MpscVarHandleArrayQueue<>(Pool.SIZE);
        private final PaddedCell cell = new PaddedCell(0);
        private final Recycled object = new Recycled(0, o -> {});
    }

    /** A put that is not the last. */
    @Benchmark
    public void putNotLast(ManyUsers users) {
        users.put();
    }

    /** Floor of {@link #putNotLast}: one bare getAndAdd. */
    @Benchmark
    public boolean floorPutNotLast(BareWord bare) {
        return bare.cell.getAndAddLong(-1) == 1;
    }

    /** A user of a living task comes and goes. */
    @Benchmark
    public void getAndPut(LivingTask living) {
        if (!living.tryGet()) {
            throw new IllegalStateException("the task has died although it was not reaped");
        }
        living.put();
    }

    /** Floor of {@link #getAndPut}: two bare getAndAdds. */
    @Benchmark
    public boolean floorGetAndPut(BareWord bare) {
        bare.cell.getAndAddLong(1);
        return bare.cell.getAndAddLong(-1) == 1;
    }

    /** The last put of an object that comes back after its grace period and is used again. */
    @Benchmark
    public void lastPut(Domain domain, Pool pool, Control control) {
        Recycled object = pool.take(control);
        if (object == null) {
            return; // the measurement is over
        }
        object.users.init(1);
        if (!object.users.put(FUNC)) {
            throw new IllegalStateException("the put of the only user was not the last");
        }
        domain.rcu.call(object);
    }

    /** What a last put costs its caller: the transition and the call, not the recycling, which goes on beside it. */
    @Benchmark
    @OperationsPerInvocation(Burst.SIZE)
    public void lastPutBurst(Domain domain, Burst burst) {
        for (Recycled object : burst.objects) {
            if (!object.users.put(FUNC)) {
                throw new IllegalStateException("the put of the only user was not the last");
            }
            domain.rcu.call(object);
        }
    }

    /** Floor of {@link #lastPutBurst}: a bare getAndAdd on each object, and into a bare queue that a thread empties. */
    @Benchmark
    @OperationsPerInvocation(Burst.SIZE)
    public void floorLastPutBurst(BareReclaimer reclaimer, Burst burst) {
        for (Recycled object : burst.objects) {
            if (object.bare.getAndAdd(-1) == Long.MIN_VALUE) {
                throw new IllegalStateException("nobody puts that often");
            }
            reclaimer.offer(object);
        }
    }

    /** Floor of {@link #lastPut}: one bare getAndAdd, and into a bare queue and out of it. */
    @Benchmark
    public Recycled floorLastPut(BareQueue bare) {
        bare.cell.getAndAddLong(-1);
        bare.queue.offer(bare.object);
        return bare.queue.poll();
    }
}

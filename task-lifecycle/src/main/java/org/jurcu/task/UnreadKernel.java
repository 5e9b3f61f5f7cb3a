package org.jurcu.task;

import java.util.ArrayDeque;

/**
 * A kernel that one thread uses and that nobody reads, so that nobody holds a grace period up: what would wait for one on
 * another thread waits until this thread says that it holds no task any more. A model beside another kernel, like the plan
 * of a racy replay.
 *
 * <p><b>Usage</b>
 *
 * <pre>{@code
 * import org.jurcu.task.TaskStruct;
 * import org.jurcu.task.Tracepoints;
 * import org.jurcu.task.UnreadKernel;
 * import org.jurcu.task.Wait;
 *
 * public class Beside {
 *     public static void main(String[] args) {
 *         try (UnreadKernel kernel = UnreadKernel.create("beside", 1, Tracepoints.NONE)) {
 *             TaskStruct parent = kernel.fork().copyProcess(kernel.init(), 0);
 *             TaskStruct child = kernel.fork().copyProcess(parent, 0);
 *             int life = child.generation();
 *             kernel.exit().doExit(child);
 *             kernel.scheduler().doTaskDead(child);
 *             kernel.waits().wait4(parent, child.pid(), Wait.WNOHANG);
 *             System.out.println(child.generation() == life ? "it is dead, and its memory stays" : "its memory is gone");
 *             kernel.quiescentState();
 *             System.out.println(child.generation() == life ? "it is dead, and its memory stays" : "its memory is gone");
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p><b>Memory effects</b>: none across threads; it belongs to one thread at a time, and whoever passes it on must synchronize.
 *
 * <p><b>Progress.</b> Nothing waits for another thread. The tagged layout; the domain of {@link #rcu} has no callbacks, and a
 * grace period at each quiescent state.
 *
 * <p>What a kernel without {@code CONFIG_SMP} and without preemption does, whose every switch is a quiescent state ({@code
 * kernel/rcu/tiny.c}).
 */
public final class UnreadKernel extends Kernel {
    private final ArrayDeque<TaskStruct> deferred = new ArrayDeque<>();

    private UnreadKernel(String name, int cpus, Tracepoints tracepoints) {
        super(name, cpus, TaskLayout.TAGGED, tracepoints);
    }

    /**
     * Like {@link Kernel#create(String, int, TaskLayout, Tracepoints)}.
     *
     * @throws IllegalArgumentException if there would be no CPU
     * @throws NullPointerException if the tracepoints are missing
     */
    public static UnreadKernel create(String name, int cpus, Tracepoints tracepoints) {
        return new UnreadKernel(name, cpus, tracepoints);
    }

    @Override
    boolean isOfOneThread() {
        return true;
    }

    @Override
    void defer(TaskStruct task) {
        deferred.addLast(task);
    }

    /** Runs the callbacks that are queued, and those that they queue: the caller holds no task that has been released. */
    public void quiescentState() {
        rcu().synchronize(); // nobody holds it up; strict mode asks for one before a number's memory serves again
        for (TaskStruct task = deferred.pollFirst(); task != null; task = deferred.pollFirst()) {
            task.rcu.invoke();
        }
    }

    @Override
    public void close() {
        try {
            quiescentState();
        } finally {
            super.close();
        }
    }
}

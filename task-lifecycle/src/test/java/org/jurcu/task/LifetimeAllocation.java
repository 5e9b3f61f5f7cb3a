package org.jurcu.task;

import java.lang.management.ManagementFactory;

/** How much 64 tasks' lives allocate on the thread that acts them: a program, since the tests' checker allocates itself. */
public final class LifetimeAllocation {
    private LifetimeAllocation() {}

    public static void main(String[] args) {
        System.out.println(Lockdep.ON ? "checked" : leastOfManyRounds());
    }

    private static long leastOfManyRounds() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Kernel kernel = Kernel.create("allocation")) {
            kernel.pids().setPidMax(1_000);
            TaskStruct parent = kernel.fork().copyProcess(kernel.init(), 0);
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 500; i++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                live(kernel, parent, 64);
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
                kernel.rcu().barrier(); // so that the slab does not grow
            }
            return least;
        }
    }

    private static void live(Kernel kernel, TaskStruct parent, int lifetimes) {
        for (int i = 0; i < lifetimes; i++) {
            TaskStruct child = kernel.fork().copyProcess(parent, 0);
            kernel.exit().doExit(child);
            kernel.scheduler().doTaskDead(child);
            kernel.waits().wait4(parent, i % 2 == 0 ? -1 : child.pid(), 0);
        }
    }
}

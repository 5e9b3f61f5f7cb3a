package org.jurcu.task;

import java.lang.management.ManagementFactory;

/**
 * In how many of many rounds of 64 lives the thread that acts them allocates: a program, since the tests' checker allocates
 * itself. What the JVM does once, such as linking a branch that is taken for the first time, is in a few of them.
 */
public final class LifetimeAllocation {
    private static final int WARM_UP = 1_000;
    private static final int ROUNDS = 4_000;

    private LifetimeAllocation() {}

    public static void main(String[] args) {
        System.out.println(Lockdep.ON ? "checked" : roundsThatAllocate());
    }

    private static int roundsThatAllocate() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Kernel kernel = Kernel.create("allocation")) {
            kernel.pids().setPidMax(1_000);
            TaskStruct parent = kernel.fork().copyProcess(kernel.init(), 0);
            int rounds = 0;
            for (int i = 0; i < WARM_UP + ROUNDS; i++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                live(kernel, parent, 64);
                boolean allocated = threads.getCurrentThreadAllocatedBytes() != before;
                rounds += i >= WARM_UP && allocated ? 1 : 0;
                kernel.rcu().barrier();
                kernel.rcu().barrier(); // all slots are free again, so that the next round takes the same
            }
            return rounds;
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

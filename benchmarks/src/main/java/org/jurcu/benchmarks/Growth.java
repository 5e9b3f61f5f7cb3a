package org.jurcu.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntToLongFunction;
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuHead;
import org.jurcu.rcu.RcuReader;
import org.jurcu.task.TaskLayout;
import org.jurcu.task.TaskStruct;

/**
 * What grows with the backlog of callbacks, and with the number of living tasks, as two tables. A program and no benchmark of
 * JMH: millions of tasks are forked once, not once a fork of the JVM. The figures are medians of short slots.
 */
public final class Growth {
    private static final int[] BACKLOGS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};
    private static final int[] TASKS = {100, 10_000, 100_000, 1_000_000, 4_000_000};
    private static final long BYTES_PER_TASK_AND_ROOM = 1_400;
    private static final int SLOTS = 7;

    private Growth() {}

    /** Prints both tables. */
    public static void main(String[] args) throws InterruptedException {
        callbacks();
        System.out.println();
        tasks();
    }

    /** A reader holds back as many callbacks; then it leaves. */
    private static void callbacks() throws InterruptedException {
        System.out.println("| callbacks held back by a reader | `call`, ns each | from the section's end to the last"
                + " `invoke`, ns each |");
        System.out.println("|--:|--:|--:|");
        try (Rcu rcu = Rcu.create("growth")) {
            for (int backlog : BACKLOGS) {
                Backlog heads = new Backlog(rcu, backlog);
                int rounds = Math.max(3, Math.min(1_000, 1_000_000 / backlog));
                double[] call = new double[rounds];
                double[] drain = new double[rounds];
                for (int i = 0; i < rounds; i++) {
                    heads.round();
                    call[i] = (double) heads.callNanos / backlog;
                    drain[i] = (double) heads.drainNanos / backlog;
                }
                System.out.printf(Locale.ROOT, "| %,d | %,.1f | %,.1f |%n", backlog, median(call), median(drain));
            }
        }
    }

    /** Heads that are queued in one section and invoked after it. */
    static final class Backlog {
        private final Rcu rcu;
        private final RcuHead[] heads;
        private final AtomicLong invoked = new AtomicLong();
        private long queued;
        long callNanos;
        long drainNanos;

        Backlog(Rcu rcu, int size) {
            this.rcu = rcu;
            heads = new RcuHead[size];
            // A store alone: one thread invokes. Each head is an object of its own, as in life.
            Arrays.setAll(heads, i -> new Head(invoked));
        }

        void round() {
            rcu.readLock();
            long begin = System.nanoTime();
            for (RcuHead head : heads) {
                rcu.call(head);
            }
            queued += heads.length;
            long called = System.nanoTime();
            if (invoked.get() != queued - heads.length) {
                throw new IllegalStateException("a callback ran although a section is open that began before it");
            }
            rcu.readUnlock();
            while (invoked.get() != queued) {
                Thread.onSpinWait();
            }
            callNanos = called - begin;
            drainNanos = System.nanoTime() - called;
        }
    }

    private static final class Head implements RcuHead {
        private final AtomicLong invoked;

        Head(AtomicLong invoked) {
            this.invoked = invoked;
        }

        @Override
        public void invoke() {
            invoked.setRelease(invoked.getPlain() + 1);
        }
    }

    /** Children of init that live on, and what one task more costs beside them. */
    private static void tasks() throws InterruptedException {
        System.out.println("| living tasks | a lifetime more, ns | the same number looked up, ns | any number, ns |"
                + " heap, bytes a task |");
        System.out.println("|--:|--:|--:|--:|--:|");
        LifetimeBenchmark.OneCpu cpu = new LifetimeBenchmark.OneCpu();
        cpu.layout = TaskLayout.TAGGED;
        cpu.boot();
        try (RcuReader reader = cpu.kernel().rcu().register()) {
            Crowd crowd = new Crowd(cpu, reader);
            lifetimes(cpu, 300_000);
            crowd.lookUp(2_000_000, i -> 1);
            crowd.grow(TASKS[0]);
            long heapBefore = usedHeap();
            int before = TASKS[0];
            for (int living : TASKS) {
                if (living * BYTES_PER_TASK_AND_ROOM > Runtime.getRuntime().maxMemory()) {
                    System.out.printf(Locale.ROOT, "| %,d | the heap is too small: give -Xmx | | | |%n", living);
                    break;
                }
                crowd.grow(living);
                long heap = usedHeap();
                String each = living == before
                        ? "-"
                        : String.format(Locale.ROOT, "%,d", (heap - heapBefore) / (living - before));
                SplittableRandom random = new SplittableRandom(living);
                double lifetime = perOperation(200_000, n -> lifetimes(cpu, n));
                double same = perOperation(1_000_000, n -> crowd.lookUp(n, i -> 0));
                double any = perOperation(1_000_000, n -> crowd.lookUp(n, i -> random.nextInt(living)));
                System.out.printf(
                        Locale.ROOT, "| %,d | %,.0f | %.1f | %.1f | %s |%n", living, lifetime, same, any, each);
            }
        }
        cpu.close();
    }

    private static long lifetimes(LifetimeBenchmark.OneCpu cpu, int n) {
        long last = 0;
        for (int i = 0; i < n; i++) {
            last += cpu.lifetime();
        }
        return last;
    }

    /** Tasks that live, and the numbers by which they are found. */
    static final class Crowd {
        private final LifetimeBenchmark.OneCpu cpu;
        private final RcuReader reader;
        private int[] numbers = new int[0];

        Crowd(LifetimeBenchmark.OneCpu cpu, RcuReader reader) {
            this.cpu = cpu;
            this.reader = reader;
        }

        void grow(int living) {
            int before = numbers.length;
            numbers = Arrays.copyOf(numbers, living);
            for (int i = before; i < living; i++) {
                numbers[i] =
                        cpu.kernel().fork().copyProcess(cpu.kernel().init(), 0).pid();
            }
        }

        /** Looks {@code n} of them up, and returns the sum of what was found. */
        long lookUp(int n, IntToLongFunction which) {
            long sum = 0;
            for (int i = 0; i < n; i++) {
                int nr = numbers.length == 0 ? 1 : numbers[(int) which.applyAsLong(i)];
                reader.lock();
                try {
                    TaskStruct task = cpu.kernel().pids().findTaskByPid(nr);
                    if (task == null) {
                        throw new IllegalStateException("number " + nr + " is in use, and was not found");
                    }
                    sum += task.pid();
                } finally {
                    reader.unlock();
                }
            }
            return sum;
        }
    }

    private static double perOperation(int n, IntToLongFunction operations) {
        double[] slots = new double[SLOTS];
        for (int i = 0; i < SLOTS; i++) {
            long begin = System.nanoTime();
            long result = operations.applyAsLong(n);
            slots[i] = (double) (System.nanoTime() - begin) / n;
            if (result == Long.MIN_VALUE) {
                throw new IllegalStateException("never: the result must not go unused");
            }
        }
        return median(slots);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** What lives on the heap, once all garbage has gone. */
    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}

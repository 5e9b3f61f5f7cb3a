package org.jurcu.task.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jurcu.rcu.RcuReader;
import org.jurcu.task.Kernel;
import org.jurcu.task.TaskStruct;

/**
 * Threads that walk the pid table and every runqueue's current task under RCU without pause, take references and give
 * them back after the section, and check that no task that they see or hold is freed meanwhile.
 */
final class TaskReaders implements AutoCloseable {
    /** How many tasks one section looks at again before it ends, and how many of them it keeps. */
    private static final int WATCHED = 256;

    private static final int KEPT = 16;

    private final Kernel kernel;
    private final Audit audit;
    private final Perturbation perturbation;
    private final int cpus;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stop;
    private final LongAdder sections = new LongAdder();
    private volatile Throwable failure;

    TaskReaders(Kernel kernel, Audit audit, Perturbation perturbation, int count, int cpus) {
        this.kernel = kernel;
        this.perturbation = perturbation;
        this.audit = audit;
        this.cpus = cpus;
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(new Walk(i)::run, "jurcu-replay-reader" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** How many sections the readers have been through. */
    long sections() {
        return sections.sum();
    }

    /** Lets every reader end its section and give back what it holds. */
    @Override
    public void close() {
        stop = true;
        threads.forEach(Join::uninterruptibly);
        if (failure != null) {
            throw new IllegalStateException("a reader of the replay failed", failure);
        }
    }

    private final class Walk {
        private final TaskStruct[] seen = new TaskStruct[WATCHED];
        private final int[] generations = new int[WATCHED];
        private final TaskStruct[] held = new TaskStruct[KEPT];
        private final int[] heldGenerations = new int[KEPT];
        private final boolean[] asUser = new boolean[KEPT];
        private int watched;
        private int kept;
        private int round;
        private int skip;

        Walk(int start) {
            round = start;
        }

        void run() {
            try (RcuReader reader = kernel.rcu().register()) {
                while (!stop) {
                    round++;
                    section(reader);
                    perturbation.at(Perturbation.Point.READER_HOLDS);
                    giveBack();
                    sections.increment();
                }
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        }

        private void section(RcuReader reader) {
            watched = 0;
            skip = round % 4 * (WATCHED / 2); // so that with many tasks every one has its turn
            reader.lock();
            try {
                for (int cpu = 0; cpu < cpus; cpu++) {
                    TaskStruct running = kernel.scheduler().taskRcuDereference(cpu);
                    if (running != null) {
                        look(running);
                    }
                }
                kernel.pids().forEach(this::look);
                for (int i = 0; i < watched; i++) {
                    check(seen[i], generations[i], "freed while a reader that had found it was in its section");
                }
            } finally {
                reader.unlock();
            }
        }

        private void look(TaskStruct task) {
            int generation = task.generation();
            if (TaskStruct.isPoisoned(generation)) {
                audit.earlyFree(task, generation - 1, "a reader found a task that was freed: " + task);
                return;
            }
            if (skip > 0) {
                skip--;
                return;
            }
            if (watched == WATCHED) {
                return;
            }
            seen[watched] = task;
            generations[watched] = generation;
            watched++;
            if (kept < KEPT && ((watched + round) & 3) == 0) {
                keep(task, generation);
            }
        }

        /** Each way to hold on to a task that was found inside a section, as far as the layout allows it. */
        private void keep(TaskStruct task, int generation) {
            perturbation.at(Perturbation.Point.READER_FOUND);
            boolean user = (round & 1) == 0 && kernel.layout().isIncNotZeroSound();
            if (user ? !task.tryGetTaskStructRcuUser() : ((round & 2) == 0 && !task.tryGetTaskStruct())) {
                return;
            }
            if (!user && (round & 2) != 0) {
                task.getTaskStruct();
            }
            held[kept] = task;
            heldGenerations[kept] = generation;
            asUser[kept] = user;
            kept++;
        }

        private void giveBack() {
            while (kept > 0) {
                kept--;
                TaskStruct task = held[kept];
                check(task, heldGenerations[kept], "freed while a reader held a reference");
                if (asUser[kept]) {
                    task.putTaskStructRcuUser();
                } else {
                    task.putTaskStruct();
                }
            }
        }

        private void check(TaskStruct task, int generation, String what) {
            if (task.generation() != generation) {
                audit.earlyFree(task, generation, what + ": " + task);
            }
        }
    }
}

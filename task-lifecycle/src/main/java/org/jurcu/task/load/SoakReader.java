package org.jurcu.task.load;

import java.util.concurrent.atomic.LongAdder;
import org.jurcu.rcu.RcuReader;
import org.jurcu.task.Kernel;
import org.jurcu.task.TaskLayout;
import org.jurcu.task.TaskStruct;

/**
 * Looks tasks up by number and on the runqueues without pause, takes references in every way that the layout allows, leaves
 * the section, and gives back. Whoever it found must not be freed before its section ends, and whoever it holds not before
 * it lets go.
 */
final class SoakReader implements Runnable {
    /** Numbers that it looks up lie so far back at most. */
    private static final int BACK = 8;

    private final Soak soak;
    private final Kernel kernel;
    private final TaskLayout layout;
    private final Dice dice;
    private final LongAdder sections = new LongAdder();
    private long hits;

    SoakReader(Soak soak, Kernel kernel, long seed) {
        this.soak = soak;
        this.kernel = kernel;
        this.layout = kernel.layout();
        this.dice = new Dice(seed);
    }

    long sections() {
        return sections.sum();
    }

    /** Once the thread has ended. */
    long hits() {
        return hits;
    }

    @Override
    public void run() {
        try (RcuReader reader = kernel.rcu().register()) {
            while (!soak.isLoadOver()) {
                section(reader, (int) dice.next());
            }
        }
    }

    private void section(RcuReader reader, int bits) {
        boolean byUser = (bits & 1) != 0 && layout.isIncNotZeroSound();
        boolean held = false;
        int generation = 0;
        TaskStruct task;
        reader.lock();
        try {
            task = find(bits);
            if (task != null) {
                hits++;
                generation = task.generation();
                if (TaskStruct.isPoisoned(generation)) {
                    soak.audit().readerFault(task, "a reader found a task that was freed");
                } else {
                    held = take(task, byUser, (bits & 2) != 0);
                }
                check(task, generation, "freed while a reader that had found it was in its section");
            }
        } finally {
            reader.unlock();
        }
        if (held) {
            check(task, generation, "freed while a reader held a reference");
            if (byUser) {
                task.putTaskStructRcuUser();
            } else {
                task.putTaskStruct();
            }
        }
        sections.increment();
    }

    private TaskStruct find(int bits) {
        int cpu = (bits >>> 8) % soak.cpus();
        if ((bits & 4) != 0) {
            return kernel.scheduler().taskRcuDereference(cpu);
        }
        return kernel.pids().findTaskByPid(Math.max(1, soak.lastPid(cpu) - (bits >>> 3) % BACK));
    }

    private static boolean take(TaskStruct task, boolean byUser, boolean plain) {
        if (byUser) {
            return task.tryGetTaskStructRcuUser();
        }
        if (plain) {
            task.getTaskStruct(); // legal: it was found in this section
            return true;
        }
        return task.tryGetTaskStruct();
    }

    private void check(TaskStruct task, int generation, String what) {
        if (task.generation() != generation) {
            soak.audit().readerFault(task, what);
        }
    }
}

package org.jurcu.stress.races;

import org.jurcu.task.TaskStruct;

/** A task that is about to go, and somebody who has found it: whether its memory stays as long as it may be looked at. */
abstract class TaskInHand extends Meeting {
    /** The task was not found any more. */
    static final int ABSENT = 0;
    /** It was found, and its memory was not freed while it was in hand. */
    static final int KEPT = 1;
    /** Its memory was freed, or served another task, in the finder's hands. */
    static final int FREED = 2;

    /** A few times what a grace period and a callback take. */
    private static final long HOLD_NANOS = 200_000;

    final ShippedKernel kernel;
    final TaskStruct task;
    final int pid;
    private final int generation;

    TaskInHand(ShippedKernel kernel, TaskStruct task) {
        this.kernel = kernel;
        this.task = task;
        pid = task.pid();
        generation = task.generation();
    }

    /** Holds what was found for a while. */
    @SuppressWarnings("ThreadPriorityCheck") // the thread of the callbacks needs a CPU, and both are the actors'
    final int hold(TaskStruct found) {
        if (found != task) {
            return ABSENT; // another sample's, or none
        }
        long start = System.nanoTime();
        do {
            if (task.generation() != generation) {
                return FREED;
            }
            Thread.yield();
        } while (System.nanoTime() - start < HOLD_NANOS);
        return KEPT;
    }
}

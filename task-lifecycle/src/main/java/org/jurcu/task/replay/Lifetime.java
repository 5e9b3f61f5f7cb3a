package org.jurcu.task.replay;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jurcu.task.TaskStruct;

/** A task that the audit follows from its fork to its free: what became of it in the recording and in the audited kernel. */
final class Lifetime extends Chain.Link<Lifetime> {
    private static final VarHandle MODEL_FREES;
    private static final VarHandle MEMORY_FREES;

    static {
        try {
            MODEL_FREES = MethodHandles.lookup().findVarHandle(Lifetime.class, "modelFrees", int.class);
            MEMORY_FREES = MethodHandles.lookup().findVarHandle(Lifetime.class, "memoryFrees", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Never forked in the recording. */
    final boolean adopted;

    /** Whose it is in the recording. The player's. */
    final Actor actor;

    // Written by the thread that plays the fork, before anybody else has the task.
    private TaskStruct task;
    private int generation;

    /** The number by which the recording names it now; exec by a thread swaps two. */
    volatile int pid;

    // What the recording told so far, or the order that was made of it. Read when all threads have ended.
    boolean exitBegun;
    /** Its {@code exit_notify} is over. */
    boolean notified;
    /** Its last switch has been. */
    boolean switchedOut;

    // By whoever plans, or plays where nothing is planned.
    boolean kernelFreed;
    long kernelFreedNanos;

    // By whoever drops the last reference, before the head is queued, and by the reclaimer, behind it.

    /** The grace period that must have ended before the model frees it; 0 until its head is queued. */
    long cookie;

    long lastPutNanos;
    private volatile int modelFrees;
    private volatile int memoryFrees;

    Lifetime(Actor actor, boolean adopted) {
        this.actor = actor;
        this.pid = actor.pid;
        this.adopted = adopted;
    }

    void begin(TaskStruct born) {
        generation = born.generation();
        task = born;
    }

    /** {@code sched_process_free} of the audited kernel: returns which time it is. */
    int freedByModel() {
        return (int) MODEL_FREES.getAndAdd(this, 1) + 1;
    }

    int modelFrees() {
        return modelFrees;
    }

    /** Its memory went back into the audited kernel's slab. */
    void memoryFreed() {
        MEMORY_FREES.getAndAdd(this, 1);
    }

    int memoryFrees() {
        return memoryFrees;
    }

    /** The audited kernel's task: another's, once this one {@link #isGone}; null before its fork. */
    TaskStruct task() {
        return task;
    }

    /** {@link TaskStruct#generation} while the slot is this task's. */
    int generation() {
        return generation;
    }

    /** Whether the audited kernel has freed it, so that its slot may serve another task. */
    boolean isGone() {
        return task.generation() != generation;
    }
}

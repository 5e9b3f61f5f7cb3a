package org.jurcu.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The {@code task_struct} cache: type-stable, grows by chunks, never shrinks.
 *
 * <p>The free slots are a stack in one word, whose upper half counts its changes so that a slot that was taken and put
 * back meanwhile (ABA) is noticed:
 *
 * <pre>
 *  63..........32  31...........0
 * +--------------+--------------+
 * | changes      | index + 1, 0 |   0: no free slot
 * +--------------+--------------+
 * </pre>
 *
 * <p>{@link #free} runs on the reclaimer's thread; the slot's fields happen-before the next {@link #alloc} of it (A:
 * release on push; B: acquire on pop, matches A).
 */
final class TaskSlab {
    private static final int CHUNK = 128;
    private static final VarHandle TOP;
    private static final VarHandle CHUNKS;

    static {
        try {
            TOP = MethodHandles.lookup().findVarHandle(TaskSlab.class, "top", long.class);
            CHUNKS = MethodHandles.lookup().findVarHandle(TaskSlab.class, "chunks", TaskStruct[][].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Kernel kernel;
    private TaskStruct[][] chunks = {};

    @SuppressWarnings("unused") // through TOP
    private long top;

    TaskSlab(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Takes a slot out of the free ones, or out of a new chunk. */
    TaskStruct alloc() {
        for (; ; ) {
            long t = (long) TOP.getAcquire(this); // B
            int index = (int) t - 1;
            if (index < 0) {
                grow();
                continue;
            }
            TaskStruct task = slot(index);
            // Another thread may take the slot now and change nextFree: then top has changed too, and the CAS fails.
            if (TOP.compareAndSet(this, t, next(t, task.nextFree))) {
                task.nextFree = null;
                task.unpoison();
                return task;
            }
        }
    }

    /** Poisons the slot and gives it back; one that is free already is reported and stays where it is. */
    void free(TaskStruct task) {
        if (!task.poison()) {
            kernel.tracepoints().doubleFree(task);
            return;
        }
        kernel.tracepoints().freeTask(task);
        push(task);
    }

    private void push(TaskStruct task) {
        long t = (long) TOP.getAcquire(this);
        for (; ; ) {
            int index = (int) t - 1;
            task.nextFree = index < 0 ? null : slot(index);
            long witness = (long) TOP.compareAndExchangeRelease(this, t, next(t, task)); // A
            if (witness == t) {
                return;
            }
            t = witness;
            VarHandle.acquireFence(); // the witness is read relaxed; slot() needs the chunk that it names
        }
    }

    private synchronized void grow() {
        if ((int) (long) TOP.getAcquire(this) != 0) {
            return; // somebody grew it or freed a slot meanwhile
        }
        int n = chunks.length;
        TaskStruct[] chunk = new TaskStruct[CHUNK];
        for (int i = 0; i < CHUNK; i++) {
            chunk[i] = kernel.newTaskStruct(n * CHUNK + i);
        }
        TaskStruct[][] grown = java.util.Arrays.copyOf(chunks, n + 1);
        grown[n] = chunk;
        CHUNKS.setRelease(this, grown);
        for (int i = CHUNK; i-- > 0; ) {
            push(chunk[i]);
        }
    }

    /** How many slots there are, free or not. */
    int capacity() {
        return ((TaskStruct[][]) CHUNKS.getAcquire(this)).length * CHUNK;
    }

    /** The slot to which that counter belongs, or null. */
    TaskStruct ownerOf(Object counter) {
        for (TaskStruct[] chunk : (TaskStruct[][]) CHUNKS.getAcquire(this)) {
            for (TaskStruct task : chunk) {
                if (task.usage == counter || task.rcuUsers == counter) {
                    return task;
                }
            }
        }
        return null;
    }

    TaskStruct slot(int index) {
        return ((TaskStruct[][]) CHUNKS.getAcquire(this))[index / CHUNK][index % CHUNK];
    }

    private static long next(long top, TaskStruct task) {
        return ((top >>> 32) + 1) << 32 | (task == null ? 0 : task.index + 1);
    }
}

package org.jurcu.task;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * {@code find_task_by_pid}: tasks by their number in the outermost pid namespace, a radix of two levels.
 *
 * <p>Lookups and walks run inside a section of the kernel's domain, wait-free; what they return stays valid until the
 * section ends. A task that {@code release_task} takes out meanwhile can still be found by a lookup that began before.
 * Changes are made under tasklist_lock.
 *
 * <p><b>Memory effects.</b> A task's initialisation happens-before its being found (A: release store of the slot; B:
 * acquire load, matches A).
 *
 * <p>Mirrors {@code kernel/pid.c}.
 */
public final class PidTable {
    private static final int LEAF_BITS = 10;
    private static final int LEAF = 1 << LEAF_BITS;

    private final AtomicReferenceArray<AtomicReferenceArray<TaskStruct>> root =
            new AtomicReferenceArray<>(PidNamespace.PID_MAX >> LEAF_BITS);

    PidTable() {}

    /**
     * The task of that number, or null. Inside a section only.
     *
     * @param nr the number in the outermost namespace
     */
    public TaskStruct findTaskByPid(int nr) {
        if (nr <= 0 || nr >= PidNamespace.PID_MAX) {
            return null;
        }
        AtomicReferenceArray<TaskStruct> leaf = root.getAcquire(nr >> LEAF_BITS);
        return leaf == null ? null : leaf.getAcquire(nr & LEAF - 1); // B
    }

    /** {@code for_each_process}: every task that is in the table, each at some moment of the walk. */
    public void forEach(Consumer<TaskStruct> visitor) {
        for (int i = 0; i < root.length(); i++) {
            AtomicReferenceArray<TaskStruct> leaf = root.getAcquire(i);
            if (leaf == null) {
                continue;
            }
            for (int j = 0; j < LEAF; j++) {
                TaskStruct task = leaf.getAcquire(j); // B
                if (task != null) {
                    visitor.accept(task);
                }
            }
        }
    }

    /** {@code attach_pid}. */
    void attach(int nr, TaskStruct task) {
        AtomicReferenceArray<TaskStruct> leaf = root.getAcquire(nr >> LEAF_BITS);
        if (leaf == null) {
            leaf = new AtomicReferenceArray<>(LEAF);
            root.setRelease(nr >> LEAF_BITS, leaf);
        }
        leaf.setRelease(nr & LEAF - 1, task); // A
    }

    /** {@code detach_pid}. */
    void detach(int nr) {
        AtomicReferenceArray<TaskStruct> leaf = root.getAcquire(nr >> LEAF_BITS);
        leaf.setRelease(nr & LEAF - 1, null);
    }
}

package org.jurcu.task;

import java.util.function.Consumer;

/**
 * {@code find_task_by_pid_ns}: tasks by their number in the outermost pid namespace, or in a task's own.
 *
 * <p>Lookups and walks run inside a section of the kernel's domain, wait-free and without garbage; what they return stays
 * valid until the section ends. A task that {@code release_task} takes out meanwhile can still be found by a lookup that
 * began before. Changes are made under tasklist_lock and pidmap_lock.
 *
 * <p>Numbers are given out in turn, below {@link #pidMax}; one that was given back is used again when the turn comes to it.
 * A small {@code pid_max} makes that soon:
 *
 * <pre>{@code
 * kernel.pids().setPidMax(310);   // 300 to 309 serve again and again, once all have been used
 * }</pre>
 *
 * <p><b>Memory effects.</b> A task's initialisation happens-before its being found.
 *
 * <p>Mirrors {@code kernel/pid.c}.
 */
public final class PidTable {
    private final Kernel kernel;
    private final PidNamespace root;

    PidTable(Kernel kernel, PidNamespace root) {
        this.kernel = kernel;
        this.root = root;
    }

    /**
     * The task of that number, or null. Inside a section only.
     *
     * @param nr the number in the outermost namespace
     */
    public TaskStruct findTaskByPid(int nr) {
        return taskOf(root.findPid(nr));
    }

    /**
     * {@code find_task_by_vpid}: the task of that number, or null. Inside a section only.
     *
     * @param current whose namespace numbers it
     * @param nr the number there
     */
    public TaskStruct findTaskByVpid(TaskStruct current, int nr) {
        return taskOf(current.activeNs().findPid(nr));
    }

    private static TaskStruct taskOf(Pid pid) {
        return pid == null ? null : pid.task();
    }

    /** {@code for_each_process_thread}: every task that is in the table, threads too, each at some moment of the walk. */
    public void forEach(Consumer<TaskStruct> visitor) {
        for (Upid n = root.firstOrNull(); n != null; n = root.nextOrNull(n)) {
            TaskStruct task = n.pid.task();
            if (task != null) {
                visitor.accept(task);
            }
        }
    }

    /** {@code pid_allocated} of the outermost namespace: numbers in use, init's too. Blocks for pidmap_lock; takes no section. */
    public int pidAllocated() {
        kernel.pidmapLock().lock();
        try {
            return root.pidAllocated();
        } finally {
            kernel.pidmapLock().unlock();
        }
    }

    /** {@code kernel.pid_max}: new numbers are smaller. 4,194,304 unless it was set. */
    public int pidMax() {
        return root.pidMax();
    }

    /**
     * Sets {@code kernel.pid_max} of the outermost namespace, and of those that are made from now on. Tasks that have
     * larger numbers keep them.
     *
     * @param max 301 to 4,194,304
     * @throws IllegalArgumentException if it is not in that range
     */
    public void setPidMax(int max) {
        if (max <= PidNamespace.RESERVED_PIDS || max > PidNamespace.PID_MAX) {
            throw new IllegalArgumentException(
                    "pid_max is " + (PidNamespace.RESERVED_PIDS + 1) + " to " + PidNamespace.PID_MAX + ", not " + max);
        }
        kernel.pidmapLock().lock();
        try {
            root.storePidMax(max);
        } finally {
            kernel.pidmapLock().unlock();
        }
    }
}

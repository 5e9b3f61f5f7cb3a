package org.jurcu.task;

import java.util.function.Consumer;
import org.jurcu.rcu.list.RcuIntNode;
import org.jurcu.rcu.list.RcuIntTable;

/**
 * {@code find_task_by_pid}: tasks by their number in the outermost pid namespace.
 *
 * <p>Lookups and walks run inside a section of the kernel's domain, wait-free and without garbage; what they return stays
 * valid until the section ends. A task that {@code release_task} takes out meanwhile can still be found by a lookup that
 * began before. Changes are made under tasklist_lock.
 *
 * <p><b>Memory effects.</b> A task's initialisation happens-before its being found; see {@link RcuIntTable}.
 *
 * <p>Mirrors {@code kernel/pid.c}.
 */
public final class PidTable {
    private final RcuIntTable<NumberedTask> numbers = new RcuIntTable<>();

    PidTable() {}

    /**
     * The task of that number, or null. Inside a section only.
     *
     * @param nr the number in the outermost namespace
     */
    public TaskStruct findTaskByPid(int nr) {
        NumberedTask number = numbers.lookup(nr);
        return number == null ? null : number.task;
    }

    /** {@code for_each_process}: every task that is in the table, each at some moment of the walk. */
    public void forEach(Consumer<TaskStruct> visitor) {
        for (NumberedTask n = numbers.firstOrNull(); n != null; n = numbers.nextOrNull(n)) {
            visitor.accept(n.task);
        }
    }

    /** {@code attach_pid}; a task that has the number already is replaced, atomically for lookups. */
    void attach(int nr, TaskStruct task) {
        numbers.put(new NumberedTask(nr, task));
    }

    /** {@code detach_pid}. */
    void detach(int nr) {
        numbers.removeKey(nr);
    }

    /** A number in use. Left to the garbage collector, so that only the task needs the grace period. */
    private static final class NumberedTask extends RcuIntNode {
        final TaskStruct task;

        NumberedTask(int nr, TaskStruct task) {
            super(nr);
            this.task = task;
        }
    }
}

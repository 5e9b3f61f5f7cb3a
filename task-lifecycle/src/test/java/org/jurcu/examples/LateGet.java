package org.jurcu.examples;

import java.util.ArrayList;
import java.util.List;
import org.jurcu.task.Kernel;
import org.jurcu.task.SlotDamage;
import org.jurcu.task.TaskLayout;
import org.jurcu.task.TaskStruct;
import org.jurcu.task.Tracepoints;

/**
 * Reproduces the interleaving that took the union of {@code rcu_users} and {@code rcu_head} apart, I4 among those of the objection: a
 * reader finds a task in a section, the task's last user goes, another callback is queued behind it, and then the reader
 * calls {@code inc_not_zero}. On {@code UNION} it succeeds on what is a pointer by now, and the callback that the pointer led
 * to is lost. On {@code SPLIT} and {@code TAGGED} it is refused.
 *
 * <pre>
 * mvn verify
 * java -cp benchmarks/target/benchmarks.jar:task-lifecycle/target/test-classes org.jurcu.examples.LateGet
 * </pre>
 */
public final class LateGet implements Tracepoints {
    private final List<Integer> freed = new ArrayList<>();
    private final List<String> damage = new ArrayList<>();

    /** {@code delayed_put_task_struct} runs: the callback was not lost. */
    @Override
    public void schedProcessFree(TaskStruct task) {
        freed.add(task.pid());
    }

    @Override
    public void damage(TaskStruct task, SlotDamage what) {
        damage.add("  pid " + task.pid() + ": " + what);
    }

    /** A task whose head's address, read as a count, is positive: every second one is. */
    private static TaskStruct fork(Kernel kernel) {
        TaskStruct task;
        do {
            task = kernel.fork().copyProcess(kernel.init(), 0);
        } while ((int) task.rcuHeadAddress() < 0);
        return task;
    }

    private static void die(Kernel kernel, TaskStruct task) {
        kernel.exit().doExit(task);
        kernel.scheduler().doTaskDead(task); // the scheduler's user goes
        kernel.waits().wait4(kernel.init(), task.pid(), 0); // the last user goes: call_rcu
    }

    private void run(TaskLayout layout) throws InterruptedException {
        try (Kernel kernel = Kernel.create("late", 1, layout, this)) {
            TaskStruct first = fork(kernel);
            TaskStruct second = fork(kernel);
            kernel.rcu().readLock();
            TaskStruct found = kernel.pids().findTaskByPid(first.pid());

            Thread parent = new Thread(() -> {
                die(kernel, first);
                die(kernel, second); // queued behind the first
            });
            parent.start();
            parent.join();

            long before = found.rcuUsersWord();
            boolean got = found.tryGetTaskStructRcuUser();
            System.out.printf("%s: the late get says %b%n", layout, got);
            System.out.printf("  the word: 0x%016x -> 0x%016x%n", before, found.rcuUsersWord());
            kernel.rcu().readUnlock();
        } // runs the callbacks
        System.out.printf("  callbacks that ran: %d of 2%n", freed.size());
        damage.forEach(System.out::println);
    }

    public static void main(String[] args) throws InterruptedException {
        for (TaskLayout layout : TaskLayout.values()) {
            if (layout.hasRcuUsers()) {
                new LateGet().run(layout);
            }
        }
    }
}

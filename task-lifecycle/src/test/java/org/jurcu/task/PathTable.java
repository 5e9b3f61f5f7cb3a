package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A path of a task's life as a table: after each row, {@code exit_state}, {@code rcu_users} and {@code usage} of every task that the
 * table knows are what the last row that names it says. The test's thread is inside an RCU section all along, so that a grace period
 * ends only in the rows that say so.
 *
 * <p>The tables are those of 6.19. On the older layouts they are read so: a last usage frees at once, so that {@code r0 u0} is
 * {@code freed}; on {@link TaskLayout#UNION} a word that is no count any more is {@code r0}; on {@link TaskLayout#PRE_UNION},
 * which has one count for both, the scheduler and the releaser own a usage each, which is the user of the table, and what is left is the
 * table's usage.
 */
abstract class PathTable extends KernelFixture {
    static final String FREED = "freed";

    private record Known(TaskStruct task, int generation) {}

    private final Map<String, Known> tasks = new LinkedHashMap<>();
    private final Map<String, String> expected = new LinkedHashMap<>();
    private final List<String> seenAtRelease = new ArrayList<>();
    private final List<String> seenAtClaim = new ArrayList<>();

    @Override
    Kernel newKernel() {
        return new Kernel("path", 2, layout(), tracepoints) {
            @Override
            Exit newExit() {
                return new Exit(this) {
                    @Override
                    public void releaseTask(TaskStruct current, TaskStruct p) {
                        seenAtRelease.add(name(p) + " " + state(p));
                        super.releaseTask(current, p);
                    }
                };
            }

            @Override
            Wait newWait() {
                return new Wait(this) {
                    @Override
                    boolean takeZombie(TaskStruct p, int to) {
                        boolean taken = super.takeZombie(p, to);
                        seenAtClaim.add(name(p) + " " + state(p));
                        return taken;
                    }
                };
            }
        };
    }

    @BeforeEach
    void begin() {
        kernel.rcu().readLock();
    }

    @AfterEach
    @Override
    void close() {
        while (kernel.rcu().readLockHeld()) {
            kernel.rcu().readUnlock();
        }
        super.close();
        assertEquals(List.of(), troubles);
    }

    TaskStruct t(String name) {
        return tasks.get(name).task;
    }

    private String name(TaskStruct task) {
        for (Map.Entry<String, Known> known : tasks.entrySet()) {
            if (known.getValue().task == task) {
                return known.getKey();
            }
        }
        return "?";
    }

    private String state(TaskStruct task) {
        String state =
                switch (task.exitState()) {
                    case 0 -> "0";
                    case TaskStruct.EXIT_ZOMBIE -> "ZOMBIE";
                    case TaskStruct.EXIT_TRACE -> "TRACE";
                    case TaskStruct.EXIT_DEAD -> "DEAD";
                    default -> "?";
                };
        return state + " r" + rcuUsers(task) + " u" + usage(task);
    }

    private int rcuUsers(TaskStruct task) {
        if (!kernel.layout().hasRcuUsers()) {
            return (task.dead ? 0 : 1) + (released.contains(task) ? 0 : 1);
        }
        boolean isHead = task.rcuUsers instanceof UnionRcuUsers word && word.mode() != SlotDamage.Mode.COUNT;
        return isHead ? 0 : task.rcuUsers();
    }

    private int usage(TaskStruct task) {
        if (kernel.layout().hasRcuUsers()) {
            return task.usage();
        }
        int owned = (task.dead ? 0 : 1) + (delayedPutDone.contains(task) ? 0 : 1);
        return task.usage() - owned + Math.min(owned, 1);
    }

    private String state(Known known) {
        return known.task.generation() == known.generation ? state(known.task) : FREED;
    }

    /** A row that makes a task. */
    TaskStruct born(String name, Supplier<TaskStruct> birth) {
        TaskStruct task = birth.get();
        tasks.put(name, new Known(task, task.generation()));
        expected.put(name, "0 r2 u1");
        check("birth of " + name);
        return task;
    }

    /** A row: {@code "name: STATE rR uU"} for each task that it changes. */
    void row(String step, Runnable action, String... after) {
        seenAtRelease.clear();
        seenAtClaim.clear();
        action.run();
        for (String change : after) {
            String[] parts = change.split(": ", -1);
            assertTrue(expected.containsKey(parts[0]), () -> "no such task: " + change);
            boolean freesAtOnce = !kernel.layout().defersLastPut() && parts[1].endsWith(" r0 u0");
            expected.put(parts[0], freesAtOnce ? FREED : parts[1]);
        }
        check(step);
    }

    private void check(String step) {
        Map<String, String> actual = new LinkedHashMap<>();
        tasks.forEach((name, known) -> actual.put(name, state(known)));
        assertEquals(expected, actual, step);
    }

    /** What the last row's calls of release_task found, in their order: {@code "name STATE rR uU"}. */
    void assertReleased(String... found) {
        assertEquals(Arrays.asList(found), seenAtRelease, "at the beginning of release_task");
    }

    /** What the last row's compare-and-sets left. */
    void assertClaimed(String... left) {
        assertEquals(Arrays.asList(left), seenAtClaim, "after the cmpxchg");
    }

    /** One grace period ends: {@code delayed_put_task_struct} of {@code name} runs, and no later grace period ends. */
    void delayedPut(String name, String after) {
        TaskStruct task = t(name);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch section = new CountDownLatch(1);
        CountDownLatch queued = new CountDownLatch(1);
        onDelayedPut = p -> {
            if (p == task) {
                entered.countDown();
                await(section);
            }
        };
        onCallRcu = p -> {
            if (p == task) {
                queued.countDown(); // the last usage has gone
            }
        };
        kernel.rcu().readUnlock();
        await(entered);
        kernel.rcu().readLock(); // begins before the next head is queued, and so holds up its grace period
        section.countDown();
        if (kernel.layout().defersLastPut()) {
            await(queued);
        } else {
            while (!state(tasks.get(name)).equals(FREED)) {
                Thread.onSpinWait();
            }
        }
        onDelayedPut = p -> {};
        onCallRcu = p -> {};
        row("GP 1", () -> {}, name + ": " + after);
    }

    /** Every grace period ends that is waited for. */
    void gracePeriods(String... after) {
        kernel.rcu().readUnlock();
        graceperiods();
        kernel.rcu().readLock();
        row("grace periods", () -> {}, after);
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            fail(e);
        }
    }

    /** What a lookup of that number finds: a name of the table, or "nobody". */
    String find(int pid) {
        TaskStruct found = kernel.pids().findTaskByPid(pid);
        return found == null ? "nobody" : name(found);
    }

    int reap(String parent) {
        return kernel.waits().wait4(t(parent), -1, Wait.WNOHANG | Wait.WALL);
    }
}

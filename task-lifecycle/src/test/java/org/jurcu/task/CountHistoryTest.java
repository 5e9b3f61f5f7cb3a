package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jurcu.task.CountChange.Count;

/** What a history keeps of a task's counts. */
class CountHistoryTest {
    private static CountHistory history(int entries, int lifetimes) {
        return new CountHistory(entries, lifetimes, CountHistory.Current.NONE);
    }

    private static Kernel watched(TaskLayout layout, CountHistory history) {
        return Kernel.create("watched", 1, layout, Tracepoints.NONE, history);
    }

    private static List<String> stepsOf(List<CountChange> changes) {
        return changes.stream()
                .map(c -> c.count() + " " + c.before() + " -> " + c.after() + " "
                        + c.place().replaceAll(" < .*", ""))
                .toList();
    }

    private static TaskStruct die(Kernel kernel, TaskStruct task) {
        kernel.exit().doExit(task);
        kernel.scheduler().doTaskDead(task);
        kernel.waits().wait4(kernel.init(), task.pid(), 0);
        kernel.rcu().barrier();
        kernel.rcu().barrier();
        return task;
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskLayout.class,
            names = {"UNION", "SPLIT", "TAGGED"})
    void aLifetimeIsToldFromForkToFree(TaskLayout layout) {
        CountHistory history = history(16, 16);
        try (Kernel kernel = watched(layout, history)) {
            TaskStruct task = kernel.fork().copyProcess(kernel.init(), 0);
            int generation = task.generation();
            die(kernel, task);
            assertEquals(
                    List.of(
                            "usage 0 -> 1 Fork.link",
                            "rcu_users 0 -> 2 Fork.link",
                            "rcu_users 2 -> 1 Scheduler.finishTaskSwitch",
                            "rcu_users 1 -> 0 Exit.release",
                            "usage 1 -> 0 Exit.delayedPutTaskStruct"),
                    stepsOf(history.of(task, generation)));
            assertTrue(history.of(task, generation).get(3).place().contains(" < Wait.wait4"), "who released");
        }
    }

    @Test
    void beforeThereWereRcuUsersUsageAloneIsTold() {
        CountHistory history = history(16, 16);
        try (Kernel kernel = watched(TaskLayout.PRE_UNION, history)) {
            TaskStruct task = kernel.fork().copyProcess(kernel.init(), 0);
            int generation = task.generation();
            die(kernel, task);
            assertEquals(
                    List.of(
                            "usage 0 -> 2 Fork.link",
                            "usage 2 -> 1 Scheduler.finishTaskSwitch",
                            "usage 1 -> 0 Exit.delayedPutTaskStruct"),
                    stepsOf(history.of(task, generation)));
        }
    }

    @Test
    void theUserThatARecursiveFaultKeepsIsTold() {
        CountHistory history = history(16, 16);
        try (Kernel kernel = watched(TaskLayout.TAGGED, history)) {
            TaskStruct task = kernel.fork().copyProcess(kernel.init(), 0);
            kernel.exit().exitSignals(task);
            kernel.exit().makeTaskDead(task);
            assertEquals(
                    List.of(
                            "usage 0 -> 1 Fork.link",
                            "rcu_users 0 -> 2 Fork.link",
                            "rcu_users 2 -> 3 Exit.makeTaskDead"),
                    stepsOf(history.of(task, task.generation())));
        }
    }

    /** Without its class: which of the JDK's it is depends on the JDK. */
    private static String methodOf(CountChange change) {
        return change.place().substring(change.place().indexOf('.') + 1);
    }

    @Test
    void readersPushOutNothingOfTheKernels() {
        CountHistory history = history(4, 16);
        try (Kernel kernel = watched(TaskLayout.TAGGED, history)) {
            TaskStruct task = kernel.fork().copyProcess(kernel.init(), 0);
            List<CountChange> before = history.of(task, task.generation());
            List<String> user = new ArrayList<>();
            FarAway.getAndPut(task, 100);
            List<CountChange> after = history.of(task, task.generation());
            assertEquals(before, after.subList(0, 2));
            after.subList(2, after.size()).forEach(c -> user.add(c.before() + " -> " + c.after() + " " + methodOf(c)));
            assertEquals(List.of("1 -> 2 forEach", "2 -> 1 forEach", "1 -> 2 forEach", "2 -> 1 forEach"), user);
            assertEquals(196, history.forgotten(task, task.generation()));
        }
    }

    /** Takes and gives back by way of a class that is none of the kernel's. */
    private static final class FarAway {
        static void getAndPut(TaskStruct task, int times) {
            for (int i = 0; i < times; i++) {
                List.of(task).forEach(TaskStruct::getTaskStruct);
                List.of(task).forEach(TaskStruct::putTaskStruct);
            }
        }
    }

    @Test
    void refusedIsNoChange() {
        CountHistory history = history(16, 16);
        try (Kernel kernel = watched(TaskLayout.TAGGED, history)) {
            TaskStruct task = kernel.fork().copyProcess(kernel.init(), 0);
            int generation = task.generation();
            kernel.rcu().readLock();
            kernel.exit().doExit(task);
            kernel.scheduler().doTaskDead(task);
            kernel.waits().wait4(kernel.init(), -1, 0);
            int changes = history.of(task, generation).size();
            assertFalse(task.tryGetTaskStructRcuUser());
            assertEquals(changes, history.of(task, generation).size());
            kernel.rcu().readUnlock();
        }
    }

    @Test
    void theLatestLifetimesAreKept() {
        CountHistory history = history(16, 3);
        try (Kernel kernel = watched(TaskLayout.TAGGED, history)) {
            TaskStruct first = kernel.fork().copyProcess(kernel.init(), 0);
            int generation = first.generation();
            die(kernel, first);
            for (int i = 0; i < 3; i++) {
                assertFalse(history.of(first, generation).isEmpty(), "kept after " + i);
                die(kernel, kernel.fork().copyProcess(kernel.init(), 0));
            }
            assertEquals(List.of(), history.of(first, generation));
            List<CountHistory.Lifetime> all = history.lifetimes();
            assertEquals(3, all.stream().filter(CountHistory.Lifetime::ended).count());
            assertEquals(2, all.stream().filter(l -> !l.ended()).count(), "idle and init");
        }
    }

    @Test
    void whoActsIsAsked() {
        CountHistory history = new CountHistory(16, 16, new CountHistory.Current() {
            @Override
            public int cpu() {
                return 3;
            }

            @Override
            public int task() {
                return 77;
            }

            @Override
            public long timeNanos() {
                return 1_500_000_000;
            }

            @Override
            public long line() {
                return 12;
            }
        });
        try (Kernel kernel = watched(TaskLayout.TAGGED, history)) {
            TaskStruct task = kernel.fork().copyProcess(kernel.init(), 0);
            CountChange change = history.of(task, task.generation()).get(1);
            assertEquals(task.pid(), change.pid());
            assertEquals(Count.RCU_USERS, change.count());
            assertEquals(
                    "#6 1.500000 line 12 CPU 3 task 77 ["
                            + Thread.currentThread().getName() + "] rcu_users 0 -> 2 in Fork.link",
                    change.toString().replaceAll(" < .*", ""));
        }
    }

    /** Nothing is lost between threads: each change begins where the one before it ended. */
    @Test
    void changesOfSeveralThreadsFormOneChain() throws InterruptedException {
        CountHistory history = history(60_000, 16);
        AtomicLong failed = new AtomicLong();
        try (Kernel kernel = watched(TaskLayout.SPLIT, history)) {
            TaskStruct task = kernel.fork().copyProcess(kernel.init(), 0);
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                threads.add(new Thread(() -> {
                    for (int i = 0; i < 2000; i++) {
                        if (!task.tryGetTaskStructRcuUser()) {
                            failed.incrementAndGet();
                        }
                        task.putTaskStructRcuUser();
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            int count = 0;
            long sequence = 0;
            List<CountChange> changes = history.of(task, task.generation());
            for (CountChange change : changes) {
                assertTrue(change.sequence() > sequence);
                sequence = change.sequence();
                if (change.count() == Count.RCU_USERS) {
                    assertEquals(count, change.before(), change::toString);
                    count = change.after();
                }
            }
            assertEquals(2, count);
            assertEquals(2 + 12_000, changes.size());
            assertEquals(0, failed.get());
        }
    }

    @Test
    void badSizesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> history(0, 1));
        assertThrows(IllegalArgumentException.class, () -> history(1 << 17, 1));
        assertThrows(IllegalArgumentException.class, () -> history(1, 0));
    }
}

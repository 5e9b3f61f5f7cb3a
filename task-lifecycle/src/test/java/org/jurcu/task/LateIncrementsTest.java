package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Readers that do what the union forbids, while tasks die in fours: {@code inc_not_zero} on whatever they find, in their own
 * time, and the put after the section.
 */
@ResourceLock("refcount warnings")
class LateIncrementsTest {
    private static final int READERS = 2;
    private static final int ROUNDS = 1000;
    private static final int AT_ONCE = 4;

    private LayoutKernel k;

    @AfterEach
    void close() {
        k.close();
    }

    /** T3. */
    @ParameterizedTest
    @EnumSource(names = {"SPLIT", "TAGGED"})
    void areRefusedWhereTheyAreSound(TaskLayout layout) throws InterruptedException {
        k = new LayoutKernel(layout);
        killUnderReaders();
        assertEquals(ROUNDS * AT_ONCE, k.freed.size());
        assertEquals(List.of(), k.damage());
        assertEquals(List.of(), k.troubles);
        assertEquals(List.of(), k.warnings);
    }

    /** T2, as far as chance can be asserted: whatever they did to the union's list, it works on when they are gone. */
    @Test
    void neverStopTheUnionsList() throws InterruptedException {
        k = new LayoutKernel(TaskLayout.UNION);
        killUnderReaders();
        k.freed.clear();
        k.damage();
        List<TaskStruct> later = forkSome();
        kill(later);
        k.graceperiods();
        assertEquals(later, k.freed);
        assertEquals(List.of(), k.damage());
    }

    private void killUnderReaders() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            Thread reader = new Thread(() -> read(stop));
            reader.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
            readers.add(reader);
            reader.start();
        }
        for (int i = 0; i < ROUNDS; i++) {
            kill(forkSome());
        }
        stop.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        k.graceperiods();
        assertEquals(null, failure.get());
    }

    private void read(AtomicBoolean stop) {
        List<TaskStruct> held = new ArrayList<>();
        while (!stop.get()) {
            k.kernel.rcu().readLock();
            try {
                k.kernel.pids().forEach(task -> {
                    if (task != k.kernel.init() && task.tryGetTaskStructRcuUser()) {
                        held.add(task);
                    }
                });
            } finally {
                k.kernel.rcu().readUnlock();
            }
            held.forEach(TaskStruct::putTaskStructRcuUser);
            held.clear();
        }
    }

    private List<TaskStruct> forkSome() {
        List<TaskStruct> tasks = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            tasks.add(k.kernel.fork().copyProcess(k.kernel.init(), 0));
        }
        return tasks;
    }

    private void kill(List<TaskStruct> tasks) {
        for (TaskStruct task : tasks) {
            k.kernel.exit().doExit(task);
            k.kernel.scheduler().doTaskDead(task);
        }
        for (int i = 0; i < tasks.size(); i++) {
            assertTrue(k.kernel.waits().wait4(k.kernel.init(), -1, Wait.WNOHANG) > 0);
        }
    }
}

package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lives of tasks on every layout, by the rules: nothing is early, nothing is lost, nobody complains. */
@ResourceLock("refcount warnings")
class LayoutLivesTest {
    private LayoutKernel k;

    @AfterEach
    void close() {
        k.close();
    }

    private void assertQuiet() {
        assertEquals(List.of(), k.damage());
        assertEquals(List.of(), k.troubles);
        assertEquals(List.of(), k.warnings);
    }

    private TaskStruct fork() {
        return k.kernel.fork().copyProcess(k.kernel.init(), 0);
    }

    private void reap(TaskStruct task) {
        assertEquals(task.pid(), k.kernel.waits().wait4(k.kernel.init(), task.pid(), 0));
    }

    @ParameterizedTest
    @EnumSource
    void aTaskIsFreedOnceAndItsSlotServesAgain(TaskLayout layout) {
        k = new LayoutKernel(layout);
        for (int i = 0; i < 300; i++) { // more lives than slots
            TaskStruct task = fork();
            k.kernel.exit().doExit(task);
            k.kernel.scheduler().doTaskDead(task);
            reap(task);
            if (i % 7 == 0) {
                k.graceperiods();
                assertTrue(task.isPoisoned());
            }
        }
        k.graceperiods();
        assertEquals(300, k.freed.size());
        assertQuiet();
    }

    /** T7: the reader comes by the runqueue, after the task was reaped and before its last switch. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRE_UNION")
    void aTaskThatWasReapedWhileItRanIsSafeInItsRunqueue(TaskLayout layout) {
        k = new LayoutKernel(layout);
        TaskStruct task = fork();
        k.kernel.scheduler().contextSwitch(0, task, false);
        k.kernel.exit().doExit(task);
        reap(task);
        k.graceperiods();
        k.kernel.rcu().readLock();
        TaskStruct found = k.kernel.scheduler().taskRcuDereference(0);
        assertEquals(task, found);
        found.getTaskStruct();
        k.kernel.scheduler().contextSwitch(0, k.kernel.idle(), true);
        assertFalse(found.isPoisoned());
        k.kernel.rcu().readUnlock();
        k.graceperiods();
        assertEquals(List.of(task), k.freed);
        assertFalse(found.isPoisoned());
        found.putTaskStruct();
        k.graceperiods();
        assertTrue(found.isPoisoned());
        assertQuiet();
    }

    /** T6: make_task_dead's increment, by the task itself, is sound on the union too; the task leaks on purpose. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRE_UNION")
    void anIncrementByAnOwnerLeaksTheTaskOnPurpose(TaskLayout layout) {
        k = new LayoutKernel(layout);
        TaskStruct task = fork();
        task.storeExitState(TaskStruct.EXIT_DEAD);
        task.rcuUsers.inc();
        k.kernel.scheduler().doTaskDead(task);
        k.graceperiods();
        assertEquals(2, task.rcuUsers());
        assertEquals(List.of(), k.freed);
        assertQuiet();
    }

    /** T1: the discipline under which the union was right: readers take usages, and rcu_users only goes down. */
    @ParameterizedTest
    @EnumSource
    void readersThatTakeUsagesDisturbNobody(TaskLayout layout) {
        k = new LayoutKernel(layout);
        List<TaskStruct> held = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            TaskStruct task = fork();
            k.kernel.rcu().readLock();
            TaskStruct found = k.kernel.pids().findTaskByPid(task.pid());
            k.kernel.exit().doExit(task);
            k.kernel.scheduler().doTaskDead(task);
            reap(task);
            held.add(found.getTaskStruct());
            k.kernel.rcu().readUnlock();
        }
        k.graceperiods();
        assertEquals(100, k.freed.size());
        held.forEach(task -> assertFalse(task.isPoisoned()));
        held.forEach(TaskStruct::putTaskStruct);
        k.graceperiods();
        held.forEach(task -> assertTrue(task.isPoisoned()));
        assertQuiet();
    }
}

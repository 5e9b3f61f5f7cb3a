package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Linux 5.3: two usages, a hole, and what papered over it. */
@ResourceLock("refcount warnings")
class PreUnionTest extends KernelFixture {
    private static final int CPU = 1;

    @Override
    TaskLayout layout() {
        return TaskLayout.PRE_UNION;
    }

    private TaskStruct running() {
        TaskStruct task = fork(init);
        kernel.scheduler().contextSwitch(CPU, task, false);
        return task;
    }

    private void switchAway() {
        kernel.scheduler().contextSwitch(CPU, kernel.idle(), true);
    }

    @Test
    void theCountsOfAnExit() {
        TaskStruct child = fork(init);
        int pid = child.pid();
        assertEquals(2, child.usage());
        exit(child);
        assertEquals(2, child.usage());
        lastSwitch(child);
        assertEquals(1, child.usage());
        kernel.rcu().readLock();
        assertEquals(pid, wait(init));
        assertEquals(1, child.usage(), "release_task's goes a grace period later");
        kernel.rcu().readUnlock();
        kernel.rcu().barrier();
        assertEquals(List.of(pid), freed);
        assertTrue(child.isPoisoned(), "at once: one grace period in all");
        assertEquals(List.of(), troubles);
    }

    @Test
    void theHole() {
        TaskStruct task = running();
        exit(task);
        wait(init);
        graceperiods(); // the only grace period, over while the task still runs
        assertEquals(1, freed.size());
        assertFalse(task.isPoisoned(), "the scheduler's usage is there");
        kernel.rcu().readLock();
        TaskStruct found = kernel.scheduler().curr(CPU);
        assertEquals(task, found);
        assertNull(kernel.scheduler().taskRcuDereference(CPU), "released: sighand is NULL");
        switchAway();
        assertTrue(found.isPoisoned(), "freed inside the section that found it");
        kernel.rcu().readUnlock();
    }

    @Test
    void aTaskThatIsReleasedLaterStaysUntilTheSectionEnds() {
        TaskStruct task = running();
        kernel.rcu().readLock();
        assertEquals(task, kernel.scheduler().taskRcuDereference(CPU));
        exit(task);
        wait(init);
        switchAway();
        assertFalse(task.isPoisoned());
        task.getTaskStruct();
        kernel.rcu().readUnlock();
        graceperiods();
        assertFalse(task.isPoisoned());
        task.putTaskStruct();
        assertTrue(task.isPoisoned());
        assertEquals(List.of(), troubles);
    }

    @Test
    void theRunqueueIsReadAgainAfterTheProbe() {
        TaskStruct first = fork(init);
        TaskStruct second = fork(init);
        assertEquals(second, dereference(first, second, second, second), "D3 saw another task");
        assertNull(dereference(first, null, null), "D3 saw none");
        assertNull(dereference((TaskStruct) null));
        exit(first);
        wait(init);
        assertNull(dereference(first, first));
        assertEquals(
                second, dereference(first, second, second, second), "a NULL counts only if the runqueue stood still");
    }

    /** The answer when the runqueue names these tasks one after the other. */
    private static TaskStruct dereference(TaskStruct... named) {
        Queue<TaskStruct[]> reads = new ArrayDeque<>();
        for (TaskStruct task : named) {
            reads.add(new TaskStruct[] {task});
        }
        TaskStruct found = PreUnionRules.taskRcuDereference(cpu -> reads.remove()[0], CPU);
        assertTrue(reads.isEmpty(), "it looked as often as it had to");
        return found;
    }

    /**
     * Why D2 must come before D3, exhaustively: the writer's steps F1, F2, F3 in their order, the reader's loads in either
     * order, each interleaving.
     */
    @Test
    void aModelOfTheProbe() {
        assertFalse(someInterleavingMeetsAnUnbornTask(true));
        assertTrue(someInterleavingMeetsAnUnbornTask(false), "the model can show it");
    }

    private static boolean someInterleavingMeetsAnUnbornTask(boolean probeFirst) {
        for (int before = 0; before <= 3; before++) { // the writer's steps before the reader's first load after D1
            for (int after = before; after <= 3; after++) { // and before its second
                int probe = probeFirst ? before : after;
                int reread = probeFirst ? after : before;
                boolean same = reread < 1; // F1: the runqueue names another task
                boolean sighand = probe >= 2; // F2; the last task there was released
                boolean unborn = after < 3; // F3, when the reader goes on
                if (same && sighand && unborn) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void thereIsNoCountOfRcuUsers() {
        TaskStruct task = fork(init);
        List.<Runnable>of(
                        task::rcuUsers,
                        task::rcuUsersWord,
                        task::tryGetTaskStructRcuUser,
                        task::putTaskStructRcuUser,
                        task.rcuUsers::inc)
                .forEach(use -> assertEquals(
                        "the layout PRE_UNION has no rcu_users: use get_task_struct and put_task_struct, or a kernel of"
                                + " another layout",
                        assertThrows(UnsupportedOperationException.class, use::run)
                                .getMessage()));
        assertTrue(task.toString().contains("rcu_users none"), task.toString());
    }

    @Test
    void aSecondReleaseIsSeen() {
        TaskStruct task = fork(init);
        die(task);
        kernel.rcu().readLock();
        wait(init);
        kernel.rules().putReleased(task);
        assertEquals(List.of("released twice: its rcu_head is queued already"), troubles);
        kernel.rcu().readUnlock();
        graceperiods();
        assertEquals(1, freed.size());
    }
}

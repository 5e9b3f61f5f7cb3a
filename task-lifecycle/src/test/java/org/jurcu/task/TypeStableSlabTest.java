package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TypeStableSlabTest extends KernelFixture {
    private TaskStruct liveAndDie() {
        TaskStruct child = fork(init);
        die(child);
        wait(init);
        graceperiods();
        return child;
    }

    @Test
    void aFreedTaskIsPoisonedAndItsSlotServesAgain() {
        TaskStruct first = liveAndDie();
        assertTrue(first.isPoisoned());
        assertFalse(first.tryGetTaskStruct());
        assertFalse(first.tryGetTaskStructRcuUser());
        assertTrue(first.toString().contains("slot"), "printing follows no pointer");
        int generation = first.generation();
        TaskStruct second = fork(init);
        assertEquals(first, second, "type-stable memory");
        assertNotEquals(generation, second.generation());
        assertFalse(second.isPoisoned());
    }

    @Test
    void aSecondFreeIsSeen() {
        TaskStruct task = liveAndDie();
        kernel.slab().free(task);
        assertEquals(List.of("double free of slot " + task.index), troubles);
    }

    @Test
    void aWatcherThatThrowsLosesNothing() {
        Tracepoints hostile = new Tracepoints() {
            @Override
            public void callRcu(TaskStruct task) {
                throw new IllegalStateException("hostile");
            }

            @Override
            public void schedProcessFree(TaskStruct task) {
                throw new IllegalStateException("hostile");
            }

            @Override
            public void freeTask(TaskStruct task) {
                throw new IllegalStateException("hostile");
            }

            @Override
            public void sigchld(TaskStruct current, TaskStruct child, TaskStruct parent, boolean sent) {
                throw new IllegalStateException("hostile");
            }
        };
        try (Kernel other = Kernel.create("hostile", 1, TaskLayout.TAGGED, hostile)) {
            TaskStruct child = other.fork().copyProcess(other.init(), 0);
            other.exit().doExit(child);
            other.scheduler().doTaskDead(child);
            assertEquals(child.pid(), other.waits().wait4(other.init(), -1, Wait.WNOHANG));
            other.rcu().barrier();
            other.rcu().barrier();
            assertTrue(child.isPoisoned());
        }
    }

    @Test
    void steadyStateDoesNotGrow() {
        int capacity = kernel.slabCapacity();
        for (int i = 0; i < 10 * capacity; i++) {
            liveAndDie();
        }
        assertEquals(capacity, kernel.slabCapacity());
    }

    @Test
    void liveTasksShareNoSlot() {
        Set<TaskStruct> all = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            assertTrue(all.add(fork(init)));
        }
    }

    @Test
    void theTableFindsWhoIsThere() {
        TaskStruct child = kernel.fork().copyProcess(init, 0, 4_000_000);
        assertEquals(child, kernel.pids().findTaskByPid(4_000_000));
        assertNull(kernel.pids().findTaskByPid(0));
        assertNull(kernel.pids().findTaskByPid(-1));
        assertNull(kernel.pids().findTaskByPid(Integer.MAX_VALUE));
        assertThrows(IllegalStateException.class, () -> kernel.fork().copyProcess(init, 0, 4_000_000), "taken");
        Set<Integer> seen = new HashSet<>();
        kernel.pids().forEach(task -> seen.add(task.pid()));
        assertEquals(Set.of(1, 4_000_000), seen);
    }

    @Test
    void numbersAreGivenOutCyclically() {
        TaskStruct a = fork(init);
        int pid = a.pid();
        die(a);
        wait(init);
        assertEquals(pid + 1, fork(init).pid(), "a number that became free is not the next");
    }
}

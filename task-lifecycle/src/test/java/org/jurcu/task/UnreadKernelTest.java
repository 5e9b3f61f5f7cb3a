package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UnreadKernelTest {
    private final UnreadKernel kernel = UnreadKernel.create("unread", 1, Tracepoints.NONE);
    private final TaskStruct parent = kernel.fork().copyProcess(kernel.init(), 0);

    private TaskStruct dead() {
        TaskStruct child = kernel.fork().copyProcess(parent, 0);
        kernel.exit().doExit(child);
        kernel.scheduler().doTaskDead(child);
        kernel.waits().wait4(parent, child.pid(), Wait.WNOHANG);
        return child;
    }

    @Test
    void memoryServesAgainAfterAQuiescentStateAndNotBefore() {
        TaskStruct first = dead();
        int life = first.generation();
        TaskStruct second = dead();
        assertNotEquals(first.slot(), second.slot());
        assertEquals(life, first.generation());
        kernel.quiescentState();
        assertSame(second, dead(), "the last that was given back is taken first");
        kernel.close();
    }

    @Test
    void closeRunsWhatIsQueued() {
        TaskStruct task = dead();
        int life = task.generation();
        kernel.close();
        assertNotEquals(life, task.generation());
    }

    @Test
    void itsDomainHasGracePeriodsAndNoCallbacks() {
        dead();
        long before = kernel.rcu().getState();
        kernel.quiescentState();
        assertTrue(kernel.rcu().pollState(before), "strict mode would refuse the number's memory");
        assertEquals(0, kernel.rcu().stats().callbacksQueued());
        kernel.close();
    }
}

package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The hot paths allocate nothing. */
class PutAllocationTest extends KernelFixture {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void getsAndPutsAllocateNothing() {
        TaskStruct task = fork(init);
        for (int i = 0; i < 20_000; i++) {
            pairs(task);
        }
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 50; i++) {
            long before = allocated();
            for (int j = 0; j < 10_000; j++) {
                pairs(task);
            }
            best = Math.min(best, allocated() - before);
        }
        assertEquals(0, best, "bytes in 10,000 rounds");
    }

    private static void pairs(TaskStruct task) {
        task.getTaskStruct();
        task.putTaskStruct();
        if (task.tryGetTaskStruct()) {
            task.putTaskStruct();
        }
        if (task.tryGetTaskStructRcuUser()) {
            task.putTaskStructRcuUser();
        }
    }

    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }
}

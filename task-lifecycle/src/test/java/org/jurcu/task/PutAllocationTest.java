package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The hot paths allocate nothing, on any layout. */
class PutAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource
    void getsAndPutsAllocateNothing(TaskLayout layout) {
        try (Kernel kernel = Kernel.create("allocation", 1, layout, Tracepoints.NONE)) {
            assertNothingIsAllocated(kernel.fork().copyProcess(kernel.init(), 0));
        }
    }

    private static void assertNothingIsAllocated(TaskStruct task) {
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
        if (task.kernel.layout().hasRcuUsers() && task.tryGetTaskStructRcuUser()) {
            task.putTaskStructRcuUser();
        }
    }

    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }
}

package org.jurcu.task.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jurcu.task.Kernel;
import org.jurcu.task.SigchldAction;
import org.jurcu.task.TaskLayout;
import org.jurcu.task.TaskStruct;
import org.jurcu.task.Wait;

/** Once the slab has its size, a life from fork to free allocates nothing, neither where it is lived nor where it is freed. */
class LifetimeAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int BURST = 500;
    private static final int WARM_UP = 100;
    private static final int MEASURED = 50;

    @ParameterizedTest
    @EnumSource
    void aLifeAllocatesNothing(TaskLayout layout) {
        SoakAudit audit = new SoakAudit(layout);
        try (Kernel kernel = Kernel.create("no-garbage", 1, layout, audit)) {
            TaskStruct parent = kernel.fork().copyProcess(kernel.init(), 0);
            TaskStruct careless = kernel.fork().copyProcess(kernel.init(), 0);
            kernel.signals().setSigchldAction(careless, SigchldAction.IGNORE);
            reaped(kernel, parent);
            kernel.rcu().barrier();
            kernel.rcu().barrier();
            Thread reclaimer = reclaimer(); // it began with the first callback
            long caller = Long.MAX_VALUE;
            long behind = Long.MAX_VALUE;
            for (int i = 0; i < WARM_UP + MEASURED; i++) {
                long mine = bytes(Thread.currentThread());
                long its = bytes(reclaimer);
                for (int j = 0; j < BURST; j++) {
                    reaped(kernel, parent);
                    released(kernel, careless);
                }
                mine = bytes(Thread.currentThread()) - mine;
                long freed = 1 + (i + 1L) * 2 * BURST;
                while (audit.frees() < freed) {
                    LockSupport.parkNanos(100_000); // a barrier would allocate
                }
                its = bytes(reclaimer) - its;
                if (i >= WARM_UP) {
                    caller = Math.min(caller, mine);
                    behind = Math.min(behind, its);
                }
            }
            assertEquals(0, caller, "bytes of the caller in " + 2 * BURST + " lifetimes");
            // A grace period may allocate a few bytes where it waits, however many lives end with it.
            assertEquals(0, behind / BURST, "bytes of the reclaimer for a lifetime, of " + behind + " in all");
            assertEquals(0, audit.warnings());
        }
    }

    private static void reaped(Kernel kernel, TaskStruct parent) {
        TaskStruct child = kernel.fork().copyProcess(parent, 0);
        kernel.scheduler().contextSwitch(0, child, false);
        kernel.exit().doExit(child);
        int nr = child.pid();
        kernel.scheduler().contextSwitch(0, parent, true);
        assertTrue(kernel.waits().wait4(parent, nr, Wait.WNOHANG) == nr);
    }

    private static void released(Kernel kernel, TaskStruct careless) {
        kernel.scheduler().contextSwitch(0, kernel.fork().copyProcess(careless, 0), false);
        kernel.exit().doExit(kernel.scheduler().curr(0));
        kernel.scheduler().contextSwitch(0, careless, true);
    }

    private static Thread reclaimer() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("no-garbage"))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("deprecation") // getId: threadId() came with 19
    private static long bytes(Thread thread) {
        return THREADS.getThreadAllocatedBytes(thread.getId());
    }
}

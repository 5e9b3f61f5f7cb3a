package org.jurcu.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuReader;
import org.jurcu.task.TaskLayout;

/** What is said to grow does: the backlog is held back, the tasks are alive and found. */
class GrowthTest {
    @Test
    void aBacklogIsHeldBackByItsReaderAndThenInvoked() {
        try (Rcu rcu = Rcu.create("growth-test")) {
            Growth.Backlog backlog = new Growth.Backlog(rcu, 100);
            for (int i = 1; i <= 3; i++) {
                backlog.round();
                rcu.barrier();
                assertEquals(0, rcu.stats().backlog());
                assertTrue(backlog.callNanos > 0 && backlog.drainNanos > 0);
            }
        }
    }

    @Test
    void theCrowdLivesAndIsFound() {
        LifetimeBenchmark.OneCpu cpu = new LifetimeBenchmark.OneCpu();
        cpu.layout = TaskLayout.TAGGED;
        cpu.boot();
        int others = cpu.kernel().pids().pidAllocated();
        try (RcuReader reader = cpu.kernel().rcu().register()) {
            Growth.Crowd crowd = new Growth.Crowd(cpu, reader);
            crowd.grow(200);
            assertEquals(others + 200, cpu.kernel().pids().pidAllocated());
            long sum = crowd.lookUp(200, i -> i);
            for (int i = 0; i < 300; i++) {
                cpu.lifetime();
            }
            assertEquals(sum, crowd.lookUp(200, i -> i));
            assertEquals(others + 200, cpu.kernel().pids().pidAllocated(), "each lifetime gave its number back");
            assertThrows(ArrayIndexOutOfBoundsException.class, () -> crowd.lookUp(1, i -> 200));
        }
        cpu.close();
    }
}

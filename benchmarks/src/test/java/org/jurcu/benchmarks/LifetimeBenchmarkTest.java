package org.jurcu.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jurcu.task.TaskLayout;

/** What the lifetimes are measured on does live and die. */
class LifetimeBenchmarkTest {
    @ParameterizedTest
    @EnumSource
    void everyLifeEndsInTheSlab(TaskLayout layout) {
        LifetimeBenchmark.OneCpu cpu = new LifetimeBenchmark.OneCpu();
        cpu.layout = layout;
        cpu.boot();
        int before = cpu.lifetime();
        for (int i = 0; i < 1000; i++) {
            assertTrue(cpu.lifetime() != before, "the number is the one of the task before");
            cpu.kernel().rcu().barrier();
            cpu.kernel().rcu().barrier();
        }
        assertEquals(128, cpu.kernel().slabCapacity(), "the slab did not grow: each slot was free again");
        cpu.close();
    }

    @Test
    void theFloorFreesAtOnce() {
        BareLives lives = new BareLives();
        for (int i = 0; i < 100_000; i++) {
            lives.lifetime();
        }
        assertEquals(1, lives.free());
    }
}

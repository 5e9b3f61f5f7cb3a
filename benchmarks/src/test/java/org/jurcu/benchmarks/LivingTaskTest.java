package org.jurcu.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jurcu.benchmarks.PutTaskStructRcuUserBenchmark.LivingTask;
import org.jurcu.benchmarks.PutTaskStructRcuUserBenchmark.ManyUsers;
import org.jurcu.refcount.Refcount;
import org.jurcu.refcount.RefcountWarning;
import org.jurcu.refcount.RefcountWarnings;
import org.jurcu.task.TaskLayout;

/** What the puts are measured on: a living task of the layout that was asked for, whose count they do change. */
class LivingTaskTest {
    private static long reports() {
        return Arrays.stream(RefcountWarning.values())
                .mapToLong(RefcountWarnings::count)
                .sum();
    }

    @ParameterizedTest
    @EnumSource
    void aPairLeavesTheCountAsItWas(TaskLayout layout) {
        long reports = reports();
        LivingTask living = new LivingTask();
        living.layout = layout;
        living.fork();
        assertEquals(layout, living.kernel.layout());
        assertEquals(2, living.users());
        assertTrue(living.tryGet());
        assertEquals(3, living.users());
        living.put();
        assertEquals(2, living.users());
        living.close();
        assertEquals(reports, reports());
        assertFalse(living.task.isPoisoned());
    }

    @ParameterizedTest
    @EnumSource
    void thereAreUsersForAWholeIteration(TaskLayout layout) {
        long reports = reports();
        ManyUsers many = new ManyUsers();
        many.layout = layout;
        many.fork();
        for (int iteration = 0; iteration < 2; iteration++) {
            many.refill();
            assertEquals(Refcount.MAX, many.users());
            new PutTaskStructRcuUserBenchmark().putNotLast(many);
            assertEquals(Refcount.MAX - 1, many.users());
        }
        many.close();
        assertEquals(reports, reports());
    }
}

package org.jurcu.task.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.jurcu.task.Kernel;
import org.jurcu.task.TaskLayout;
import org.jurcu.task.TaskStruct;

@ResourceLock("refcount warnings")
class SoakTest {
    private static final long LIFETIMES = 20_000;

    private static void assertClean(SoakReport report) {
        assertEquals(List.of(), report.faults());
        assertEquals(report.forks(), report.frees(), "every task that was born was freed");
        assertEquals(0, report.doubleFrees() + report.warnings() + report.readerFaults());
        assertTrue(report.passed());
    }

    @ParameterizedTest
    @EnumSource
    void aShortSoakIsCleanOnEveryLayout(TaskLayout layout) {
        SoakReport report = Soak.run(SoakOptions.count(3, 2, layout, 5, LIFETIMES), progress -> {});
        assertClean(report);
        int own = 3 + 3; // a thread and a careless process for each CPU
        assertEquals(LIFETIMES + own, report.forks());
        assertTrue(report.sections() > 0 && report.hits() > 0, "the readers found tasks: " + report);
        assertTrue(report.slabSlots() <= Soak.BACKLOG * 2, "slots: " + report.slabSlots());
        assertTrue(report.reapedByAnother() >= 2, "one after the other the CPUs still take what the one before left");
    }

    @Test
    void oneCpuWithoutReadersIsEnough() {
        SoakReport report = Soak.run(SoakOptions.count(1, 0, TaskLayout.TAGGED, 1, 1), progress -> {});
        assertClean(report);
        assertEquals(3, report.forks());
        assertEquals(0, report.sections());
    }

    @Test
    void theTimeEndsIt() {
        SoakOptions options = new SoakOptions(
                2, 1, TaskLayout.SPLIT, 1, Long.MAX_VALUE, Duration.ofMillis(300), Duration.ofMillis(20));
        List<SoakProgress> seen = new ArrayList<>();
        SoakReport report = Soak.run(options, seen::add);
        assertClean(report);
        assertFalse(seen.isEmpty());
        for (SoakProgress progress : seen) {
            assertTrue(progress.backlog() >= 0 && progress.backlog() <= Soak.BACKLOG + 256, progress.toString());
            assertTrue(progress.slabSlots() > 0 && progress.heapBytes() > 0, progress.toString());
        }
    }

    /** What the audit would see is shown to it. */
    @Test
    void theAuditSeesWhatMustNotBe() {
        SoakAudit audit = new SoakAudit(TaskLayout.TAGGED, 128);
        try (Kernel kernel = Kernel.create("audit")) {
            audit.watch(kernel);
            TaskStruct task = kernel.fork().copyProcess(kernel.init(), 0);
            audit.callRcu(task);
            kernel.rcu().synchronize();
            audit.freeTask(task); // it lives: its counts are not 0
            assertEquals(1, audit.frees());
            assertEquals(1, audit.warnings());
            audit.doubleFree(task);
            assertEquals(1, audit.doubleFrees());
            audit.readerFault(task, "freed while a reader held a reference");
            assertEquals(1, audit.readerFaults());
            audit.warn(task, "freed although it had not exited");
            assertEquals(2, audit.warnings());
            assertEquals(4, audit.faults().size());
            assertTrue(
                    audit.faults().get(0).startsWith("freed with users: task "),
                    audit.faults().toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10, 9, 0, 0, 0, false",
        "10, 11, 0, 0, 0, false",
        "10, 10, 1, 0, 0, false",
        "10, 10, 0, 1, 0, false",
        "10, 10, 0, 0, 1, false",
        "10, 10, 0, 0, 0, true"
    })
    void anyDifferenceIsAViolation(
            long forks, long frees, long doubleFrees, long warnings, long readerFaults, boolean passed) {
        assertEquals(
                passed,
                new SoakReport(
                                "tagged",
                                1,
                                0,
                                1,
                                forks,
                                frees,
                                doubleFrees,
                                warnings,
                                readerFaults,
                                0,
                                0,
                                0,
                                1,
                                1,
                                1,
                                1,
                                1,
                                List.of())
                        .passed());
    }

    @Test
    void wrongNumbersAreOneSentence() {
        assertEquals("cpus must be 1 to 1024, not 0", complaint(0, 0, 1, 1));
        assertEquals("readers must be 0 to 1024, not -1", complaint(1, -1, 1, 1));
        assertEquals("there must be at least 1 lifetime, not 0", complaint(1, 0, 0, 1));
        assertEquals("the time must be more than nothing, not PT0S", complaint(1, 0, 1, 0));
    }

    private static String complaint(int cpus, int readers, long lifetimes, long seconds) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> new SoakOptions(
                                cpus,
                                readers,
                                TaskLayout.TAGGED,
                                1,
                                lifetimes,
                                Duration.ofSeconds(seconds),
                                Duration.ofSeconds(1)))
                .getMessage();
    }
}

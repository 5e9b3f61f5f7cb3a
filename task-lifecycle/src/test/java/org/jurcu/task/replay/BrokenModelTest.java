package org.jurcu.task.replay;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.jurcu.task.BrokenKernels;
import org.jurcu.task.Kernel;
import org.jurcu.task.Tracepoints;
import org.jurcu.task.trace.TraceReader;

/** The audit catches a model that is broken on purpose, and says where. */
@ResourceLock("refcount warnings")
@Tag("unchecked")
class BrokenModelTest {
    /** A broken kernel that nobody watches. */
    private interface Broken {
        Kernel create(int cpus, Tracepoints tracepoints);
    }

    private static ReplayReport replay(Broken broken) throws IOException {
        String name = "/traces/shell-pipelines.trace.gz";
        try (InputStream in = BrokenModelTest.class.getResourceAsStream(name);
                TraceReader trace = TraceReader.of(in, name)) {
            ReplayReport report = Replay.run(
                    trace, ReplayOptions.DEFAULT, (cpus, tracepoints, none) -> broken.create(cpus, tracepoints));
            assertFalse(report.passed());
            assertFalse(report.mismatches().isEmpty());
            return report;
        }
    }

    private static boolean says(ReplayReport report, String what) {
        return report.mismatches().stream().anyMatch(m -> m.what().contains(what));
    }

    @Test
    void aPutForgotten() throws IOException {
        ReplayReport report = replay(BrokenKernels::putForgotten);
        assertTrue(report.modelFrees() < report.kernelFrees());
        assertTrue(report.leaks() > 0);
        assertTrue(says(report, "the kernel freed it, the model did not"));
    }

    @Test
    void aPutTooMany() throws IOException {
        ReplayReport report = replay(BrokenKernels::putTooMany);
        assertTrue(report.warnings() > 0);
        assertTrue(says(report, "underflow; use-after-free"));
    }

    @Test
    void aFreeWithoutAGracePeriod() throws IOException {
        ReplayReport report = replay(BrokenKernels::freeWithoutGracePeriod);
        assertTrue(report.earlyFrees() > 0);
        assertTrue(says(report, "before the grace period after its last put had ended"));
    }

    @Test
    void memoryWithoutItsOwnGracePeriod() throws IOException {
        ReplayReport report = replay(BrokenKernels::memoryWithoutGracePeriod);
        assertTrue(report.earlyFrees() > 0);
    }

    @Test
    void aFreeThatTheKernelDidNotMake() throws IOException {
        // The recording loses the kernel's word that some task was freed, half a second and more before its end.
        List<String> lines = PartialRecordingTest.lines("orphans");
        String freed = "sched_process_free: comm=orphans pid=" + 11_058 + " ";
        assertTrue(lines.stream().anyMatch(line -> line.contains(freed)), "the recording has that free");
        ReplayReport report = PartialRecordingTest.replay(
                lines.stream().filter(line -> !line.contains(freed)).toList());
        assertTrue(says(report, "the model freed it, the kernel did not"));
    }

    @Test
    void aZombieTakenTwice() throws IOException {
        ReplayReport report = replay(BrokenKernels::zombieTakenTwice);
        assertTrue(report.warnings() > 0);
    }

    @Test
    void aUsageNeverGivenBack() throws IOException {
        ReplayReport report = replay(BrokenKernels::usageLeaked);
        assertTrue(report.leaks() > 0);
        assertTrue(says(report, "its counts do not end where they must"));
    }

    @Test
    void aLateIncrementOnTheUnion() throws IOException {
        ReplayReport report = replay(BrokenKernels::unionIncrementedLate);
        assertTrue(report.warnings() > 0);
        assertTrue(says(report, "bogus success (QUEUED"), () -> "mismatches " + report.mismatches());
        assertTrue(says(report, "lost callback"), () -> "mismatches " + report.mismatches());
        assertTrue(report.modelFrees() < report.kernelFrees());
    }
}

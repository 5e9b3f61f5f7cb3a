package org.jurcu.task.load;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.jurcu.task.BrokenKernels;
import org.jurcu.task.TaskLayout;

/** The soak's audit catches a model that is broken on purpose. */
@ResourceLock("refcount warnings")
@Tag("unchecked")
class BrokenSoakTest {
    private static final long LIFETIMES = 4_000;

    private static SoakReport soak(Soak.KernelFactory broken) {
        SoakReport report = Soak.run(SoakOptions.count(2, 1, TaskLayout.TAGGED, 3, LIFETIMES), progress -> {}, broken);
        assertFalse(report.passed());
        return report;
    }

    private static void assertSays(SoakReport report, String what) {
        assertTrue(report.faults().stream().anyMatch(fault -> fault.contains(what)), () -> "faults " + report.faults());
    }

    @Test
    void aPutForgotten() {
        SoakReport report = soak(BrokenKernels::putForgotten);
        assertTrue(report.frees() < report.forks(), report.toString());
    }

    @Test
    void aPutTooMany() {
        SoakReport report = soak(BrokenKernels::putTooMany);
        assertTrue(report.warnings() > 0, report.toString());
        assertSays(report, "underflow; use-after-free");
    }

    @Test
    void aFreeWithoutAGracePeriod() {
        SoakReport report = soak(BrokenKernels::freeWithoutGracePeriod);
        assertTrue(report.warnings() > 0, report.toString());
        assertSays(report, "before the grace period after its last put had ended");
    }

    @Test
    void memoryWithoutItsOwnGracePeriod() {
        SoakReport report = soak(BrokenKernels::memoryWithoutGracePeriod);
        assertTrue(report.warnings() > 0, report.toString());
        assertSays(report, "before the grace period after its last put had ended");
    }

    @Test
    void memoryFreedTwice() {
        SoakReport report = soak(BrokenKernels::freedTwice);
        assertTrue(report.doubleFrees() > 0, report.toString());
        assertSays(report, "its memory was freed twice");
    }

    @Test
    void aPidLeaked() {
        SoakReport report = soak(BrokenKernels::pidLeaked);
        assertSays(report, "pids are in use at the end, and only init's should be");
    }

    @Test
    void aZombieTakenTwice() {
        SoakReport report = soak(BrokenKernels::zombieTakenTwice);
        assertTrue(report.warnings() > 0, report.toString());
    }

    @Test
    void aUsageNeverGivenBack() {
        SoakReport report = soak(BrokenKernels::usageLeaked);
        assertTrue(report.frees() < report.forks(), report.toString());
    }
}

package org.jurcu.stress.campaign;

import java.util.List;
import org.jurcu.task.replay.ReplayReport;

/** Reports of replays that never were. */
public final class Reports {
    private Reports() {}

    /** The model and the kernel agree about {@code frees} tasks. */
    public static ReplayReport agreeing(String trace, long frees) {
        return report(trace, frees, frees, 0, List.of());
    }

    /** A reader met a task that was freed. */
    public static ReplayReport withEarlyFree(String trace) {
        return report(trace, 7, 7, 1, List.of());
    }

    /** The model differs over one task. */
    public static ReplayReport withMismatch(String trace, int pid, String what) {
        return report(trace, 7, 6, 0, List.of(new ReplayReport.Mismatch(pid, what)));
    }

    /** A leak in racy order, of a task with a history. */
    public static ReplayReport racyLeak(String trace, long seed) {
        return report(
                trace,
                "racy",
                seed,
                7,
                6,
                0,
                List.of(new ReplayReport.Mismatch(41, "it leaks", List.of("#1 usage 0 -> 1", "#2 usage 1 -> 2"))));
    }

    private static ReplayReport report(
            String trace, long kernelFrees, long modelFrees, long earlyFrees, List<ReplayReport.Mismatch> mismatches) {
        return report(trace, "trace", 0, kernelFrees, modelFrees, earlyFrees, mismatches);
    }

    private static ReplayReport report(
            String trace,
            String order,
            long seed,
            long kernelFrees,
            long modelFrees,
            long earlyFrees,
            List<ReplayReport.Mismatch> mismatches) {
        return new ReplayReport(
                trace,
                "tagged",
                order,
                seed,
                2,
                2,
                100,
                3,
                9,
                8,
                kernelFrees,
                modelFrees,
                Math.min(kernelFrees, modelFrees),
                mismatches,
                1,
                1,
                earlyFrees,
                0,
                0,
                0,
                5,
                5,
                4,
                4,
                0.25,
                List.of("a note"));
    }
}

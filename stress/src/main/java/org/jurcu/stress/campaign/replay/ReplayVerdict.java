package org.jurcu.stress.campaign.replay;

import java.util.ArrayList;
import java.util.List;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.task.replay.ReplayReport;

/**
 * What one replay shows.
 *
 * @param verdict of this recording alone
 * @param reason a sentence if it is not a pass, else empty
 */
public record ReplayVerdict(Verdict verdict, String reason) {
    /** Judges a report: the kernel is right, and a recording in which it freed nothing proves nothing. */
    public static ReplayVerdict of(ReplayReport report) {
        if (!report.passed()) {
            return new ReplayVerdict(
                    Verdict.VIOLATION,
                    ReplayTable.shortName(report.trace()) + ": " + String.join(", ", faults(report))
                            + (report.seed() == 0 ? "." : " (seed " + report.seed() + ")."));
        }
        if (report.kernelFrees() == 0) {
            return new ReplayVerdict(
                    Verdict.INCONCLUSIVE,
                    ReplayTable.shortName(report.trace())
                            + ": the kernel freed no task in this recording, so nothing was compared.");
        }
        return new ReplayVerdict(Verdict.PASS, "");
    }

    private static List<String> faults(ReplayReport r) {
        List<String> faults = new ArrayList<>();
        count(faults, r.mismatches().size(), "mismatches, the first of pid %s".formatted(firstMismatch(r)));
        if (r.matched() != r.kernelFrees() || r.matched() != r.modelFrees()) {
            faults.add("the kernel freed %d tasks, the model %d, alike %d"
                    .formatted(r.kernelFrees(), r.modelFrees(), r.matched()));
        }
        count(faults, r.earlyFrees(), "tasks freed under a reader");
        count(faults, r.doubleFrees(), "tasks freed twice");
        count(faults, r.leaks(), "leaks");
        count(faults, r.warnings(), "refcount warnings");
        count(faults, r.waitResultsCompared() - r.waitResultsMatched(), "results of wait differ");
        count(faults, r.sigchldCompared() - r.sigchldMatched(), "decisions about SIGCHLD differ");
        return faults;
    }

    private static String firstMismatch(ReplayReport r) {
        if (r.mismatches().isEmpty()) {
            return "";
        }
        ReplayReport.Mismatch first = r.mismatches().get(0);
        return first.pid() + " (" + first.what() + ")";
    }

    private static void count(List<String> faults, long count, String what) {
        if (count != 0) {
            faults.add(count + " " + what);
        }
    }
}

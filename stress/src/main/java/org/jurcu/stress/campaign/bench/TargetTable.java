package org.jurcu.stress.campaign.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.terminal.TextTable;

/** What a run says about the targets. */
public final class TargetTable {
    /** What is printed as 0.0: JMH itself allocates some thousandths of a byte an operation. */
    private static final double NO_BYTES = 0.05;

    private TargetTable() {}

    /** Returns a line for each target that was measured, and for each strategy under which it was. */
    public static List<TargetLine> lines(List<BenchmarkResult> results) {
        Set<String> fences = new LinkedHashSet<>();
        results.forEach(r -> fences.add(r.fenceOrUnknown()));
        List<TargetLine> lines = new ArrayList<>();
        for (Target target : Targets.TIMES) {
            fences.forEach(fence -> target.judge(results, fence).ifPresent(lines::add));
        }
        for (BenchmarkResult r : results) {
            if (r.bytesPerOp() != null && Targets.WITHOUT_ALLOCATION.contains(r.group() + "." + r.name())) {
                lines.add(bytes(r));
            }
        }
        return lines;
    }

    private static TargetLine bytes(BenchmarkResult r) {
        return new TargetLine(
                r.group() + "." + r.label() + ", allocation",
                r.fenceOrUnknown(),
                r.bytesPerOp(),
                null,
                "",
                String.format(Locale.ROOT, "%.1f B/op", r.bytesPerOp()),
                "0 B/op",
                r.bytesPerOp() < NO_BYTES);
    }

    /** Returns the targets about which {@code results} say nothing, or nothing at all if they are about none. */
    public static List<String> unmeasured(List<BenchmarkResult> results) {
        Set<String> measured = new LinkedHashSet<>();
        lines(results).forEach(line -> measured.add(line.what()));
        return measured.isEmpty()
                ? List.of()
                : Targets.TIMES.stream()
                        .map(Target::what)
                        .filter(what -> !measured.contains(what))
                        .toList();
    }

    /** Prints the table, or nothing if the results are about no target. */
    public static void print(List<BenchmarkResult> results, PrintStream out) {
        List<TargetLine> lines = lines(results);
        if (lines.isEmpty()) {
            return;
        }
        TextTable table = new TextTable("speed to reach", "fence", "measured", "floor", "figure", "target", "");
        for (TargetLine line : lines) {
            table.row(
                    line.what(),
                    line.fence(),
                    BenchTable.figure(line.measured()),
                    line.floor() == null ? "-" : BenchTable.figure(line.floor()),
                    line.figure(),
                    line.limit(),
                    line.outcome());
        }
        table.print(out);
        List<String> unmeasured = unmeasured(results);
        if (!unmeasured.isEmpty()) {
            out.println("not measured in this run: " + String.join("; ", unmeasured));
        }
    }
}

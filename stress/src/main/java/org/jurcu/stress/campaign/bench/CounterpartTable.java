package org.jurcu.stress.campaign.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.terminal.TextTable;

/** Our figures beside those of liburcu. */
public final class CounterpartTable {
    private CounterpartTable() {}

    /** Returns a line for each pair that was measured, and for each strategy under which ours was. */
    public static List<CounterpartLine> lines(List<BenchmarkResult> results) {
        Set<String> fences = new LinkedHashSet<>();
        results.forEach(r -> fences.add(r.fenceOrUnknown()));
        List<CounterpartLine> lines = new ArrayList<>();
        for (Counterpart counterpart : Counterparts.ALL) {
            fences.forEach(fence -> counterpart.judge(results, fence).ifPresent(lines::add));
        }
        return lines;
    }

    /** Prints the table, or nothing if there is no pair. */
    public static void print(List<BenchmarkResult> results, PrintStream out) {
        List<CounterpartLine> lines = lines(results);
        if (lines.isEmpty()) {
            return;
        }
        out.println();
        TextTable table = new TextTable(
                "beside liburcu", "fence", "ours", "floor", "liburcu", "theirs", "floor", "ours/theirs", "target", "");
        for (CounterpartLine line : lines) {
            table.row(
                    line.what(),
                    line.fence(),
                    BenchTable.figure(line.ours()),
                    floor(line.ourFloor()),
                    line.counterpart(),
                    BenchTable.figure(line.theirs()),
                    floor(line.theirFloor()),
                    String.format(Locale.ROOT, "%.2f", line.ratio()),
                    line.figure(),
                    line.outcome());
        }
        table.print(out);
    }

    /** Returns a floor's figure, or a dash where there is none. */
    public static String floor(Double floor) {
        return floor == null ? "-" : BenchTable.figure(floor);
    }
}

package org.jurcu.stress.campaign.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.terminal.TextTable;

/** This run's figures beside those of an earlier one. */
public final class BaselineTable {
    private BaselineTable() {}

    /** Returns the results that have an earlier figure. */
    public static List<BenchmarkResult> compared(List<BenchmarkResult> results) {
        return results.stream().filter(r -> r.earlier() != null).toList();
    }

    /** Returns how far the noise reaches, or a dash. */
    public static String band(BenchmarkResult r) {
        return r.earlier().band() == null
                ? "-"
                : String.format(Locale.ROOT, "%.0f %%", 100 * r.earlier().band());
    }

    /** Prints the table, or nothing if no earlier run was asked for. */
    public static void print(List<BenchmarkResult> results, PrintStream out) {
        List<BenchmarkResult> compared = compared(results);
        if (compared.isEmpty()) {
            return;
        }
        out.println();
        TextTable table = new TextTable("since the earlier run", "fence", "before", "now", "unit", "x", "noise", "");
        for (BenchmarkResult r : compared) {
            table.row(
                    r.group() + "." + r.label(),
                    r.fence() == null ? "" : r.fence(),
                    BenchTable.figure(r.earlier().median()),
                    BenchTable.figure(r.median()),
                    r.unit(),
                    String.format(Locale.ROOT, "%.2f", r.earlier().ratio()),
                    band(r),
                    r.earlier().change().words());
        }
        table.print(out);
    }
}

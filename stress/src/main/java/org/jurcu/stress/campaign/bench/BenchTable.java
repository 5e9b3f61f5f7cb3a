package org.jurcu.stress.campaign.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.terminal.TextTable;

/** Figures as a person reads them. */
public final class BenchTable {
    private BenchTable() {}

    /** Prints one line for each result. */
    public static void print(List<BenchmarkResult> results, PrintStream out) {
        TextTable table =
                new TextTable("benchmark", "fence", "median", "mean", "+-", "unit", "bytes/op", "x floor", "floor");
        for (BenchmarkResult r : results) {
            table.row(
                    r.group() + "." + r.label(),
                    r.fence() == null ? "" : r.fence(),
                    figure(r.median()),
                    figure(r.score()),
                    r.error() == null ? "-" : figure(r.error()),
                    r.unit(),
                    r.bytesPerOp() == null ? "-" : String.format(Locale.ROOT, "%.1f", r.bytesPerOp()),
                    r.ratio() == null ? "-" : String.format(Locale.ROOT, "%.2f", r.ratio()),
                    r.floor() == null ? "" : r.floor());
        }
        table.print(out);
    }

    /** Three digits that mean something, no exponent. */
    public static String figure(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}

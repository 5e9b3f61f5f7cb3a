package org.jurcu.stress.campaign.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.Percentiles;
import org.jurcu.stress.campaign.terminal.TextTable;

/** Percentiles of latencies as a person reads them. */
public final class LatencyTable {
    private LatencyTable() {}

    /** Returns the results that have percentiles. */
    public static List<BenchmarkResult> measured(List<BenchmarkResult> results) {
        return results.stream().filter(r -> r.percentiles() != null).toList();
    }

    /** Prints the table, or nothing if no latency was measured. */
    public static void print(List<BenchmarkResult> results, PrintStream out) {
        List<BenchmarkResult> measured = measured(results);
        if (measured.isEmpty()) {
            return;
        }
        out.println();
        TextTable table =
                new TextTable("latency, ns", "fence", "p50", "p90", "p99", "p99.9", "max", "values", "one every");
        for (BenchmarkResult r : measured) {
            Percentiles p = r.percentiles();
            table.row(
                    r.label(),
                    r.fenceOrUnknown(),
                    figure(p.p50()),
                    figure(p.p90()),
                    figure(p.p99()),
                    figure(p.p999()),
                    figure(p.max()),
                    String.format(Locale.ROOT, "%,d", p.values()),
                    interval(p));
        }
        table.print(out);
    }

    /** Returns a percentile, or a dash where too few values lie beyond it. */
    public static String figure(Double percentile) {
        return percentile == null ? "-" : BenchTable.figure(percentile);
    }

    /** Returns how often an operation was due. */
    public static String interval(Percentiles percentiles) {
        return String.format(Locale.ROOT, "%,d us", percentiles.interval() / 1000);
    }
}

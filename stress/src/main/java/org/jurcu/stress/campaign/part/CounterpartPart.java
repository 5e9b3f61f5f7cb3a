package org.jurcu.stress.campaign.part;

import java.util.List;
import java.util.Locale;
import org.jurcu.stress.campaign.bench.BenchTable;
import org.jurcu.stress.campaign.bench.CounterpartLine;
import org.jurcu.stress.campaign.bench.CounterpartTable;
import org.jurcu.stress.campaign.html.Html;
import org.jurcu.stress.campaign.model.BenchmarkResult;

/** Our figures beside those of liburcu, which C programs measured in the same run. */
final class CounterpartPart {
    private CounterpartPart() {}

    static void append(Html html, List<BenchmarkResult> results) {
        List<CounterpartLine> lines = CounterpartTable.lines(results);
        if (lines.isEmpty()) {
            return;
        }
        html.element("h3", "Beside liburcu").raw("<figure>");
        html.raw(chart(lines)).raw("</figure>\n<div class=\"wide\"><table>");
        html.headings(
                        "what",
                        "fence",
                        "#ours, ns",
                        "#floor",
                        "liburcu",
                        "#theirs, ns",
                        "#floor",
                        "#ours/theirs",
                        "target",
                        "outcome")
                .raw("<tbody>");
        for (CounterpartLine line : lines) {
            html.raw("<tr>").element("td", line.what()).element("td", line.fence());
            html.element("td", "n", BenchTable.figure(line.ours()));
            html.element("td", "n", CounterpartTable.floor(line.ourFloor()));
            html.element("td", "name", line.counterpart());
            html.element("td", "n", BenchTable.figure(line.theirs()));
            html.element("td", "n", CounterpartTable.floor(line.theirFloor()));
            html.element("td", "n", String.format(Locale.ROOT, "%.2f", line.ratio()));
            html.element("td", line.figure()).raw("<td>");
            if (line.met() != null) {
                html.element("span", "verdict " + (line.met() ? "pass" : "inconclusive"), line.outcome());
            }
            html.raw("</td></tr>\n");
        }
        html.raw("</tbody></table></div>\n");
    }

    private static String chart(List<CounterpartLine> lines) {
        PairedBars bars = new PairedBars();
        for (CounterpartLine line : lines) {
            bars.add(line.what() + ", " + line.fence() + " | " + line.counterpart(), line.ours(), line.theirs());
        }
        return bars.svg("ns", Chart.PEER, "counterparts");
    }
}

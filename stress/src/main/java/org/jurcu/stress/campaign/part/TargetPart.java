package org.jurcu.stress.campaign.part;

import java.util.List;
import org.jurcu.stress.campaign.bench.BenchTable;
import org.jurcu.stress.campaign.bench.TargetLine;
import org.jurcu.stress.campaign.bench.TargetTable;
import org.jurcu.stress.campaign.html.Html;
import org.jurcu.stress.campaign.model.BenchmarkResult;

/** The speeds that the library has set itself, and what this run says about them. */
final class TargetPart {
    private TargetPart() {}

    static void append(Html html, List<BenchmarkResult> results) {
        List<TargetLine> lines = TargetTable.lines(results);
        if (lines.isEmpty()) {
            return;
        }
        html.element("h3", "The speeds to reach").raw("<div class=\"wide\"><table>");
        html.headings("what", "fence", "#measured", "#floor", "floor in the same run", "#figure", "target", "outcome")
                .raw("<tbody>");
        for (TargetLine line : lines) {
            html.raw("<tr>").element("td", line.what()).element("td", line.fence());
            html.element("td", "n", BenchTable.figure(line.measured()));
            html.element("td", "n", line.floor() == null ? "-" : BenchTable.figure(line.floor()));
            html.element("td", line.floorName()).element("td", "n", line.figure());
            html.element("td", "name", line.limit()).raw("<td>");
            html.element("span", "verdict " + (line.met() ? "pass" : "inconclusive"), line.outcome())
                    .raw("</td></tr>\n");
        }
        html.raw("</tbody></table></div>\n");
        List<String> unmeasured = TargetTable.unmeasured(results);
        if (!unmeasured.isEmpty()) {
            html.element("p", "soft", "Not measured in this run: " + String.join("; ", unmeasured) + ".")
                    .raw("\n");
        }
    }
}

package org.jurcu.stress.campaign.part;

import java.util.List;
import java.util.Locale;
import org.jurcu.stress.campaign.bench.BaselineTable;
import org.jurcu.stress.campaign.bench.BenchTable;
import org.jurcu.stress.campaign.html.Html;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.Change;

/** What became of the figures since an earlier run. */
final class BaselinePart {
    private BaselinePart() {}

    static void append(Html html, List<BenchmarkResult> results) {
        List<BenchmarkResult> compared = BaselineTable.compared(results);
        if (compared.isEmpty()) {
            return;
        }
        html.element("h3", "Since the earlier run");
        html.raw("<p class=\"key\"><i class=\"ours\"></i>now<i class=\"floor\"></i>before</p>\n<figure>");
        html.raw(chart(compared)).raw("</figure>\n<div class=\"wide\"><table>");
        html.headings("benchmark", "fence", "#before", "#now", "unit", "#times", "#noise", "change")
                .raw("<tbody>");
        for (BenchmarkResult r : compared) {
            html.raw("<tr>").element("td", "name", r.group() + "." + r.label());
            html.element("td", r.fence() == null ? "" : r.fence());
            html.element("td", "n", BenchTable.figure(r.earlier().median()));
            html.element("td", "n", BenchTable.figure(r.median())).element("td", "name", r.unit());
            html.element(
                    "td", "n", String.format(Locale.ROOT, "%.2f", r.earlier().ratio()));
            html.element("td", "n", BaselineTable.band(r)).raw("<td>");
            html.element(
                    "span",
                    "verdict " + colour(r.earlier().change()),
                    r.earlier().change().words());
            html.raw("</td></tr>\n");
        }
        html.raw("</tbody></table></div>\n");
    }

    private static String colour(Change change) {
        return switch (change) {
            case FASTER -> "pass";
            case SLOWER -> "inconclusive";
            case NOISE, UNKNOWN -> "none";
        };
    }

    private static String chart(List<BenchmarkResult> compared) {
        PairedBars bars = new PairedBars();
        for (BenchmarkResult r : compared) {
            String fence = r.fence() == null ? "" : ", " + r.fence();
            bars.add(
                    r.group() + "." + r.label() + fence, r.median(), r.earlier().median());
        }
        return bars.svg("medians", Chart.FLOOR, "baseline");
    }
}

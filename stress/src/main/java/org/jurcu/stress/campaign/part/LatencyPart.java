package org.jurcu.stress.campaign.part;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jurcu.stress.campaign.bench.BenchTable;
import org.jurcu.stress.campaign.bench.LatencyTable;
import org.jurcu.stress.campaign.html.Html;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.Percentiles;

/** How long single grace periods and callbacks took. */
final class LatencyPart {
    private LatencyPart() {}

    static void append(Html html, List<BenchmarkResult> results) {
        Map<String, List<BenchmarkResult>> byFence = new LinkedHashMap<>();
        LatencyTable.measured(results).forEach(r -> byFence.computeIfAbsent(r.fenceOrUnknown(), f -> new ArrayList<>())
                .add(r));
        byFence.forEach((fence, measured) -> append(html, fence, measured));
    }

    private static void append(Html html, String fence, List<BenchmarkResult> measured) {
        html.element("h3", "Latency percentiles, " + fence + " strategy");
        html.raw("<p class=\"soft\">Each operation is due at a fixed time, and its latency counts from then on, whether"
                + " it could be begun or not. <code>floorClock</code> does nothing: what it shows is the"
                + " machine.</p>\n");
        html.raw(
                "<p class=\"key\">From left to right: <i class=\"ours\"></i>p50, p90, p99, p99.9, smaller and smaller<i"
                        + " class=\"peer\"></i>max</p>\n"
                        + "<figure>");
        html.raw(PercentileDots.svg(measured, "latency-" + fence)).raw("</figure>\n<div class=\"wide\"><table>");
        html.headings(
                        "latency, ns",
                        "#p50",
                        "#p90",
                        "#p99",
                        "#p99.9",
                        "#max",
                        "#mean",
                        "#values",
                        "#one every",
                        "#forks")
                .raw("<tbody>");
        for (BenchmarkResult r : measured) {
            Percentiles p = r.percentiles();
            html.raw("<tr>").element("td", "name", r.label());
            for (Double percentile : new Double[] {p.p50(), p.p90(), p.p99(), p.p999(), p.max()}) {
                html.element("td", "n", LatencyTable.figure(percentile));
            }
            html.element("td", "n", BenchTable.figure(r.score()));
            html.element("td", "n", String.format(Locale.ROOT, "%,d", p.values()));
            html.element("td", "n", LatencyTable.interval(p))
                    .element("td", "n", r.forks())
                    .raw("</tr>\n");
        }
        html.raw("</tbody></table></div>\n");
    }
}

package org.jurcu.stress.campaign.part;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jurcu.stress.campaign.bench.BenchTable;
import org.jurcu.stress.campaign.bench.ReadSideByThreads;
import org.jurcu.stress.campaign.html.Html;
import org.jurcu.stress.campaign.model.BenchmarkResult;

/** What becomes of the read side when there are more readers. */
final class ThreadsPart {
    private ThreadsPart() {}

    static void append(Html html, List<BenchmarkResult> results) {
        ReadSideByThreads.byFence(results).forEach((fence, measured) -> append(html, fence, measured));
    }

    private static void append(Html html, String fence, List<BenchmarkResult> measured) {
        Map<String, NavigableMap<Integer, BenchmarkResult>> methods = new LinkedHashMap<>();
        measured.forEach(
                r -> methods.computeIfAbsent(r.name(), name -> new TreeMap<>()).put(r.threads(), r));
        TreeSet<Integer> counts = new TreeSet<>();
        methods.values().forEach(points -> counts.addAll(points.keySet()));
        html.element("h3", "Read side by threads, " + fence + " strategy");
        html.raw("<p class=\"soft\">What one section takes: flat where readers do not touch each other's words.</p>\n");
        html.raw("<figure>").raw(ThreadLines.svg(methods, counts, ThreadLines.Scale.TIME, "threads-time-" + fence));
        html.raw("</figure>\n"
                + "<p class=\"soft\">What all threads together get done: rising as the threads do, for"
                + " those.</p>\n");
        html.raw("<figure>")
                .raw(ThreadLines.svg(methods, counts, ThreadLines.Scale.THROUGHPUT, "threads-all-" + fence));
        html.raw("</figure>\n<div class=\"wide\"><table>");
        html.headings(headings(counts)).raw("<tbody>");
        methods.forEach((name, points) -> {
            html.raw("<tr>").element("td", "name", name);
            for (int count : counts) {
                BenchmarkResult r = points.get(count);
                html.element("td", "n", r == null ? "-" : BenchTable.figure(r.median()));
            }
            html.raw("</tr>\n");
        });
        html.raw("</tbody></table></div>\n");
    }

    private static String[] headings(Set<Integer> counts) {
        String[] headings = new String[1 + counts.size()];
        int i = 0;
        headings[i++] = "ns a section, threads:";
        for (int count : counts) {
            headings[i++] = "#" + count;
        }
        return headings;
    }
}

package org.jurcu.stress.campaign.part;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jurcu.stress.campaign.bench.BaselineTable;
import org.jurcu.stress.campaign.bench.BenchRun;
import org.jurcu.stress.campaign.bench.BenchTable;
import org.jurcu.stress.campaign.bench.CounterpartTable;
import org.jurcu.stress.campaign.bench.Fences;
import org.jurcu.stress.campaign.bench.LatencyTable;
import org.jurcu.stress.campaign.bench.Liburcu;
import org.jurcu.stress.campaign.bench.ReadSideByThreads;
import org.jurcu.stress.campaign.bench.TargetTable;
import org.jurcu.stress.campaign.html.Html;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.Section;

/** The figures: bars and a table for each class of benchmarks. */
final class BenchPart implements Part<BenchmarkResult> {
    private static final Pattern ALL = Pattern.compile("");

    /** What a campaign that also hunts has the time for: each hot path, its floor, and who one would take in its place. */
    private static final Pattern OF_A_CAMPAIGN = Pattern.compile(
            "(ReadSide|ScalingThreads)Benchmark\\.(rcuReader|rcuReadLock|qsbrReader|srcuReadLock|floor\\w+|peerS\\w+)$"
                    + "|SynchronizeBenchmark\\.(oneReader|floorOneReader)$"
                    + "|CallBenchmark\\.(callToInvoke|floorCallToInvoke)$"
                    + "|PutTaskStructRcuUserBenchmark\\.(putNotLast|floorPutNotLast)$"
                    + "|RefcountBenchmark\\.(incDecAndTest|floorIncDecAndTest)$"
                    + "|liburcu\\.memb"
                    + "|latency\\.(floorUnpark|synchronize/readers=1|callToInvoke/flavour=rcu)$");

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public String meaning() {
        return "Every benchmark gave a figure; slowness is no violation.";
    }

    @Override
    public Class<BenchmarkResult> resultType() {
        return BenchmarkResult.class;
    }

    @Override
    public String key(BenchmarkResult result) {
        return result.fenceOrUnknown() + " " + result.group() + "." + result.label();
    }

    @Override
    public boolean passed(BenchmarkResult result) {
        return true;
    }

    @Override
    public String glance(BenchmarkResult result) {
        return BenchTable.figure(result.median()) + " " + result.unit();
    }

    @Override
    public boolean isTest() {
        return false;
    }

    @Override
    public Duration time(boolean quick) {
        return Duration.ofSeconds(quick ? 15 : 70);
    }

    @Override
    public Section<BenchmarkResult> run(Assignment assignment)
            throws CampaignException, IOException, InterruptedException {
        return new BenchRun(
                        assignment.java(),
                        assignment.benchmarksJar(),
                        Liburcu.source(assignment.root()),
                        assignment.directory(),
                        assignment.progress())
                .run(
                        assignment.quick() ? ALL : OF_A_CAMPAIGN,
                        assignment.quick(),
                        assignment.time(),
                        Fences.chosen(List.of("auto")),
                        List.of());
    }

    @Override
    public void print(List<BenchmarkResult> results, PrintStream out) {
        BenchTable.print(results.stream().filter(r -> r.percentiles() == null).toList(), out);
        out.println();
        TargetTable.print(results, out);
        CounterpartTable.print(results, out);
        LatencyTable.print(results, out);
        BaselineTable.print(results, out);
    }

    @Override
    public void append(Html html, Section<BenchmarkResult> section) {
        html.raw("<h2>Bench: what the hot paths cost</h2>\n");
        html.raw("<p class=\"soft\">Medians of a short run on a machine that does other things too: good for a ratio to"
                + " the floor of the same run, not for a comparison of machines.</p>\n");
        html.raw("<p class=\"key\"><i class=\"ours\"></i>Jurcu<i class=\"floor\"></i>floor: the least that any code"
                + " doing this must pay<i class=\"peer\"></i>peer<i class=\"toy\"></i>toy: a control out of a"
                + " textbook</p>\n");
        TargetPart.append(html, section.results());
        CounterpartPart.append(html, section.results());
        ThreadsPart.append(html, section.results());
        LatencyPart.append(html, section.results());
        BaselinePart.append(html, section.results());
        int chart = 0;
        for (List<BenchmarkResult> group : groups(section.results()).values()) {
            html.element("h3", heading(group.get(0))).raw("<figure>");
            html.raw(BenchmarkBars.svg(group, "bars" + chart++)).raw("</figure>\n");
            table(html, group);
        }
    }

    private static String heading(BenchmarkResult first) {
        return first.fence() == null ? first.group() : first.group() + ", " + first.fence() + " strategy";
    }

    /** Bars of different units do not belong on one scale, nor two figures under one name on one chart. */
    private static Map<String, List<BenchmarkResult>> groups(List<BenchmarkResult> results) {
        Map<String, List<BenchmarkResult>> groups = new LinkedHashMap<>();
        results.stream()
                .filter(r -> r.percentiles() == null && !ReadSideByThreads.isOne(r)) // they have charts of their own
                .forEach(r -> groups.computeIfAbsent(
                                heading(r) + " " + r.mode() + " " + r.unit(), k -> new ArrayList<>())
                        .add(r));
        return groups;
    }

    private static void table(Html html, List<BenchmarkResult> group) {
        html.raw("<div class=\"wide\"><table>")
                .headings(
                        "benchmark",
                        "#median",
                        "#mean",
                        "#± (99.9%)",
                        "unit",
                        "#bytes/op",
                        "#times its floor",
                        "floor",
                        "mode",
                        "#threads",
                        "#forks × iterations")
                .raw("<tbody>");
        for (BenchmarkResult r : group) {
            html.raw("<tr>").element("td", "name", r.label());
            html.element("td", "n", BenchTable.figure(r.median()));
            html.element("td", "n", BenchTable.figure(r.score()));
            html.element("td", "n", r.error() == null ? "-" : BenchTable.figure(r.error()));
            html.element("td", "name", r.unit());
            html.element("td", "n", r.bytesPerOp() == null ? "-" : String.format(Locale.ROOT, "%.1f", r.bytesPerOp()));
            html.element("td", "n", r.ratio() == null ? "-" : String.format(Locale.ROOT, "%.2f", r.ratio()));
            html.element("td", "name", r.floor() == null ? "" : r.floor());
            html.element("td", r.mode()).element("td", "n", r.threads());
            html.element("td", "n", r.forks() + " × " + r.iterations()).raw("</tr>\n");
        }
        html.raw("</tbody></table></div>\n");
    }
}

package org.jurcu.stress.campaign.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.jurcu.stress.campaign.html.Html;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.Change;
import org.jurcu.stress.campaign.model.EarlierFigure;
import org.jurcu.stress.campaign.model.Percentiles;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;

class BenchPartTest {
    private static BenchmarkResult bench(String name) {
        return new BenchmarkResult("Group", name, Map.of(), "full", "avgt", "ns/op", 1, 1, 5, 12.5, 12.5, 0.5, 0.0)
                .over("floor", 2.5);
    }

    @Test
    void barsTakeThePagesColours() {
        String svg = BenchmarkBars.svg(List.of(bench("rcu"), bench("floorX"), bench("peerY"), bench("toyZ")), "bars0");
        for (String colour : List.of("--ours", "--floor", "--peer", "--toy", "--ink")) {
            assertTrue(svg.contains("var(" + colour + ")"), colour + " is not used");
        }
        assertFalse(svg.contains("rgb(1,2,3)") || svg.contains("rgb(7,8,9)"), "a stand-in colour was left");
    }

    private static BenchmarkResult read(String name, String fence, double median) {
        return new BenchmarkResult(
                "ReadSideBenchmark", name, Map.of(), fence, "avgt", "ns/op", 1, 1, 5, median, median, null, null);
    }

    @Test
    void theSpeedsToReachStandBesideWhatWasMeasured() {
        Html html = new Html();
        TargetPart.append(
                html,
                List.of(
                        read("rcuReader", "membarrier", 1.5),
                        read("rcuReadLock", "membarrier", 9),
                        read("floorVolatileRead", "membarrier", 1)));
        String part = html.toString();
        assertTrue(
                part.contains("<td>ReadSideBenchmark.floorVolatileRead</td><td class=\"n\">+ 0.500 ns</td>"
                        + "<td class=\"name\">&lt;= floor + 0.7 ns</td><td><span class=\"verdict pass\">met</span>"),
                part);
        assertTrue(part.contains("<td class=\"name\">&lt;= floor + 1.8 ns</td><td><span"), part);
        assertTrue(part.contains("<span class=\"verdict inconclusive\">missed</span>"), part);
        assertTrue(part.contains("Not measured in this run: RcuReader section, full strategy;"), part);
    }

    @Test
    void resultsWithoutTargetsGetNoTableOfTargets() {
        Html html = new Html();
        TargetPart.append(html, List.of(bench("rcu")));
        assertEquals("", html.toString());
    }

    @Test
    void eachStrategyHasBarsOfItsOwn() {
        Html html = new Html();
        new BenchPart()
                .append(
                        html,
                        new Section<>(
                                Verdict.PASS,
                                List.of(),
                                List.of(),
                                2,
                                2,
                                1,
                                List.of(),
                                List.of(read("peerX", "membarrier", 1), read("peerX", "full", 6))));
        assertTrue(html.toString().contains("<h3>ReadSideBenchmark, membarrier strategy</h3>"), html.toString());
        assertTrue(html.toString().contains("<h3>ReadSideBenchmark, full strategy</h3>"), html.toString());
    }

    @Test
    void liburcuStandsBesideUsInATableAndAChart() {
        Html html = new Html();
        BenchmarkResult theirs = new BenchmarkResult(
                "liburcu-memb", "readSection", Map.of(), null, "avgt", "ns/op", 1, 1, 5, 0.75, 0.75, null, null);
        List<BenchmarkResult> results =
                List.of(read("rcuReader", "membarrier", 1.5), read("floorVolatileRead", "membarrier", 1), theirs);
        CounterpartPart.append(html, results);
        String part = html.toString();
        assertTrue(part.contains("<svg") && part.contains("var(--peer)"), part);
        assertTrue(part.contains("liburcu-memb.readSection</td><td class=\"n\">0.750</td>"), part);
        assertTrue(part.contains("<td class=\"n\">2.00</td>"), part);
        assertTrue(part.contains("<span class=\"verdict pass\">met</span>"), part);
        Html none = new Html();
        CounterpartPart.append(none, results.subList(0, 2));
        assertEquals("", none.toString());
    }

    @Test
    void anEarlierRunStandsBesideThisOneInATableAndAChart() {
        Html html = new Html();
        BenchmarkResult now = read("rcuReader", "membarrier", 3);
        BaselinePart.append(html, List.of(now.after(new EarlierFigure(2, 1.5, 0.1, Change.SLOWER))));
        String part = html.toString();
        assertTrue(part.contains("<svg") && part.contains("var(--floor)"), part);
        assertTrue(part.contains("<td class=\"n\">1.50</td><td class=\"n\">10 %</td>"), part);
        assertTrue(part.contains("<span class=\"verdict inconclusive\">slower</span>"), part);
        Html none = new Html();
        BaselinePart.append(none, List.of(now));
        assertEquals("", none.toString());
    }

    private static BenchmarkResult latency(Percentiles percentiles) {
        return new BenchmarkResult(
                        "Latency", "synchronize", Map.of(), "full", "sample", "ns/op", 1, 2, 1, 500, 510, null, null)
                .among(percentiles);
    }

    @Test
    void latenciesAreATableAndAChartAndNoBars() throws Exception {
        List<BenchmarkResult> results =
                List.of(bench("rcu"), latency(new Percentiles(2000, 100_000, 500.0, 900.0, 990.0, null, 12_345)));
        Html html = new Html();
        LatencyPart.append(html, results);
        String part = html.toString();
        assertTrue(part.contains("<h3>Latency percentiles, full strategy</h3>") && part.contains("<svg"), part);
        assertTrue(
                part.contains("<td class=\"n\">500</td><td class=\"n\">900</td><td class=\"n\">990</td>"
                        + "<td class=\"n\">-</td><td class=\"n\">12,345</td><td class=\"n\">510</td>"
                        + "<td class=\"n\">2,000</td><td class=\"n\">100 us</td><td class=\"n\">2</td>"),
                part);
        Html page = new Html();
        new BenchPart().append(page, new Section<>(Verdict.PASS, List.of(), List.of(), 2, 2, 1, List.of(), results));
        assertFalse(page.toString().contains("<h3>Latency, full strategy</h3>"), "bars of medians too");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new BenchPart().print(results, new PrintStream(out, true, StandardCharsets.UTF_8));
        String printed = out.toString(StandardCharsets.UTF_8);
        assertTrue(printed.contains("12,345"), printed);
        assertFalse(printed.contains("Latency.synchronize"), "it stands in the other table too: " + printed);
        Html none = new Html();
        LatencyPart.append(none, List.of(bench("rcu")));
        assertEquals("", none.toString());
    }

    private static BenchmarkResult threads(String group, int threads, double median) {
        return new BenchmarkResult(
                group, "rcu", Map.of(), "full", "avgt", "ns/op", threads, 1, 5, median, median, null, null);
    }

    @Test
    void theReadSideByThreadsIsWhatWasAskedForOrTheTwoClasses() {
        BenchmarkResult one = threads("ReadSideBenchmark", 1, 11);
        BenchmarkResult two = threads("ScalingThreadsBenchmark", 2, 22);
        BenchmarkResult eight = threads("ReadSideByThreads", 8, 88);
        Html none = new Html();
        ThreadsPart.append(none, List.of(one));
        assertEquals("", none.toString(), "one thread alone says nothing of several");
        Html classes = new Html();
        ThreadsPart.append(classes, List.of(one, two));
        assertTrue(
                classes.toString()
                        .contains("<td class=\"name\">rcu</td><td class=\"n\">11.0</td><td class=\"n\">22.0</td>"),
                classes.toString());
        Html asked = new Html();
        ThreadsPart.append(asked, List.of(one, two, eight));
        assertTrue(
                asked.toString().contains("<th class=\"n\">8</th></tr>")
                        && asked.toString().contains("<td class=\"name\">rcu</td><td class=\"n\">88.0</td></tr>"),
                asked.toString());
        assertTrue(asked.toString().contains("90.9"), "eight threads in 88 ns are 90.9 million in a second");
    }
}

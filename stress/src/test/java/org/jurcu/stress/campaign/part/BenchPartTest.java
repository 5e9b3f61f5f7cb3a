package org.jurcu.stress.campaign.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.jurcu.stress.campaign.html.Html;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.Change;
import org.jurcu.stress.campaign.model.EarlierFigure;
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
}

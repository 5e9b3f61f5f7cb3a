package org.jurcu.stress.campaign.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.jurcu.stress.campaign.html.Html;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;

class BenchPartTest {
    private static BenchmarkResult bench(String name) {
        return new BenchmarkResult(
                "Group", name, Map.of(), "full", "avgt", "ns/op", 1, 1, 5, 12.5, 12.5, 0.5, 0.0, "floor", 2.5);
    }

    @Test
    void barsTakeThePagesColours() {
        String svg = BenchmarkBars.svg(List.of(bench("rcu"), bench("floorX"), bench("peerY")), "bars0");
        for (String colour : List.of("--ours", "--floor", "--peer", "--ink")) {
            assertTrue(svg.contains("var(" + colour + ")"), colour + " is not used");
        }
        assertFalse(svg.contains("rgb(1,2,3)") || svg.contains("rgb(7,8,9)"), "a stand-in colour was left");
    }

    private static BenchmarkResult read(String name, String fence, double median) {
        return new BenchmarkResult(
                "ReadSideBenchmark",
                name,
                Map.of(),
                fence,
                "avgt",
                "ns/op",
                1,
                1,
                5,
                median,
                median,
                null,
                null,
                null,
                null);
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
}

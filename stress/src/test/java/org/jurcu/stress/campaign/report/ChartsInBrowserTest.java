package org.jurcu.stress.campaign.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.CampaignReport;
import org.jurcu.stress.campaign.model.Percentiles;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.part.Parts;

/** Pages of measurements in a browser: no chart is empty, and none hides what it shows. */
class ChartsInBrowserTest {
    private static final List<String> METHODS = List.of(
            "rcuReader", "rcuReadLock", "qsbrReader", "srcuReadLock", "peerStampedLockRead", "floorVolatileRead");

    @TempDir
    Path dir;

    private CampaignReport stored() throws Exception {
        byte[] json =
                ChartsInBrowserTest.class.getResourceAsStream("measured.json").readAllBytes();
        return Json.readReport(Files.write(dir.resolve("report.json"), json));
    }

    private static Map<String, LookedAt> look(CampaignReport report) throws Exception {
        return LookedAt.in(Page.of(report)).stream().collect(Collectors.toMap(LookedAt::id, Function.identity()));
    }

    private static BenchmarkResult read(String method, String fence, int threads, double nanoseconds) {
        return new BenchmarkResult(
                "ReadSideByThreads",
                method,
                Map.of("threads", Integer.toString(threads)),
                fence,
                "avgt",
                "ns/op",
                threads,
                1,
                5,
                nanoseconds,
                nanoseconds,
                null,
                null);
    }

    private static BenchmarkResult latency(String name, String fence, Percentiles percentiles) {
        return new BenchmarkResult("Latency", name, Map.of(), fence, "sample", "ns/op", 1, 1, 1, 100, 100, null, null)
                .among(percentiles);
    }

    @Test
    void aStoredRunShowsAllThatItHas() throws Exception {
        CampaignReport report = stored();
        List<BenchmarkResult> results =
                Parts.BENCH.own(report.parts().get("bench")).results();
        Map<String, LookedAt> charts = look(report);
        List<BenchmarkResult> latencies =
                results.stream().filter(r -> r.percentiles() != null).toList();
        List<BenchmarkResult> byThreads = results.stream()
                .filter(r -> r.group().equals("ReadSideByThreads"))
                .toList();
        List<BenchmarkResult> earlier =
                results.stream().filter(r -> r.earlier() != null).toList();
        assertTrue(latencies.size() > 5 && byThreads.size() > 5 && earlier.size() > 5, "the stored run is too small");
        charts.get("latency-membarrier")
                .shows(
                        latencies.stream().mapToInt(r -> dots(r.percentiles())).sum(),
                        latencies.stream().map(BenchmarkResult::name).toList());
        List<String> methods =
                byThreads.stream().map(BenchmarkResult::name).distinct().toList();
        charts.get("threads-time-membarrier").shows(lines(methods.size(), 2), methods);
        charts.get("threads-all-membarrier").shows(lines(methods.size(), 2), methods);
        charts.get("baseline")
                .shows(
                        2 * earlier.size(),
                        earlier.stream().map(r -> r.group().substring(0, 7)).toList());
        charts.get("counterparts").shows(4, List.of("RcuReader section", "synchronize, one reader"));
        List<String> bars =
                charts.keySet().stream().filter(id -> id.startsWith("bars")).toList();
        int rest = results.size() - latencies.size() - byThreads.size();
        assertEquals(rest, bars.stream().mapToInt(id -> charts.get(id).marks()).sum(), "bars of " + bars);
        bars.forEach(id -> charts.get(id).shows(charts.get(id).marks(), List.of()));
        assertTrue(
                charts.values().stream().anyMatch(chart -> chart.labels()
                        .containsAll(List.of("rcuReader", "qsbrReader", "floorVolatileRead"))),
                "the cost by flavour is missing");
    }

    private static int dots(Percentiles p) {
        return (int) Stream.of(p.p50(), p.p90(), p.p99(), p.p999(), p.max())
                .filter(Objects::nonNull)
                .count();
    }

    /** Of each method a mark for each number of threads, the lines between them, and two for its name. */
    private static int lines(int methods, int counts) {
        return methods * (counts + counts - 1 + 2);
    }

    @Test
    void onePointIsAsReadableAsTen() throws Exception {
        List<BenchmarkResult> results = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            for (int method = 0; method < METHODS.size(); method++) {
                // Three are as good as equal, three grow with the threads.
                double nanoseconds = method < 3 ? 2 + 0.01 * method : 20.0 * (1 << i);
                results.add(read(METHODS.get(method), "full", 1 << i, nanoseconds));
                if (i == 0) {
                    results.add(read(METHODS.get(method), "membarrier", 1, nanoseconds));
                }
            }
            double p50 = 50 * Math.pow(4, i);
            Percentiles all = new Percentiles(100_000, 100_000, p50, p50, 2 * p50, 3 * p50, 4 * p50);
            results.add(latency("number" + i, "full", all));
        }
        Percentiles few = new Percentiles(3, 100_000, null, null, null, null, 0);
        results.add(latency("alone", "membarrier", few));
        Section<BenchmarkResult> section = new Section<>(
                Verdict.PASS, List.of(), List.of(), results.size(), results.size(), 1, List.of(), results);
        Map<String, LookedAt> charts = look(stored().withParts(Map.of("bench", section)));
        assertEquals(6, charts.size(), charts::toString);
        for (String what : List.of("threads-time-", "threads-all-")) {
            charts.get(what + "membarrier").shows(lines(METHODS.size(), 1), METHODS);
            charts.get(what + "membarrier").shows(lines(METHODS.size(), 1), List.of("1", "threads"));
            charts.get(what + "full").shows(lines(METHODS.size(), 10), METHODS);
            charts.get(what + "full").shows(lines(METHODS.size(), 10), List.of("1", "512", "threads"));
        }
        charts.get("latency-membarrier").shows(1, List.of("alone", "1 ns"));
        charts.get("latency-full").shows(50, List.of("number0", "number9", "50 ns", "52.4 ms"));
    }
}

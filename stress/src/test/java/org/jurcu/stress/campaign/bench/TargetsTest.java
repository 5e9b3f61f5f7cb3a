package org.jurcu.stress.campaign.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jurcu.stress.campaign.model.BenchmarkResult;

class TargetsTest {
    private final List<BenchmarkResult> results = new ArrayList<>();

    private void measured(String benchmark, String parameter, String fence, double median, Double bytes) {
        int dot = benchmark.indexOf('.');
        results.add(new BenchmarkResult(
                benchmark.substring(0, dot),
                benchmark.substring(dot + 1),
                parameter.isEmpty()
                        ? Map.of()
                        : Map.of(
                                parameter.substring(0, parameter.indexOf('=')),
                                parameter.substring(parameter.indexOf('=') + 1)),
                fence,
                "avgt",
                "ns/op",
                1,
                1,
                5,
                median,
                median,
                null,
                bytes));
    }

    private void measured(String benchmark, String fence, double median) {
        measured(benchmark, "", fence, median, null);
    }

    private TargetLine only() {
        List<TargetLine> lines = TargetTable.lines(results);
        assertEquals(1, lines.size(), lines.toString());
        return lines.get(0);
    }

    @ParameterizedTest
    @CsvSource({"1.69, true, + 0.690 ns", "1.71, false, + 0.710 ns", "0.9, true, - 0.100 ns"})
    void aReaderMayCostSoManyNanosecondsMoreThanABareRead(double median, boolean met, String figure) {
        measured("ReadSideBenchmark.floorVolatileRead", "membarrier", 1);
        measured("ReadSideBenchmark.rcuReader", "membarrier", median);
        assertEquals(met, only().met());
        assertEquals(figure, only().figure());
        assertEquals("<= floor + 0.7 ns", only().limit());
        assertEquals("ReadSideBenchmark.floorVolatileRead", only().floorName());
    }

    @ParameterizedTest
    @CsvSource({
        "ReadSideBenchmark, 2.0, 20, true",
        "ReadSideBenchmark, 2.0, 19.9, false",
        "ScalingThreadsBenchmark, 2.0, 60, true",
        "ScalingThreadsBenchmark, 2.0, 59.9, false"
    })
    void aReaderIsSoManyTimesFasterThanALock(String type, double reader, double lock, boolean met) {
        measured(type + ".rcuReader", "membarrier", reader);
        measured(type + ".peerStampedLockRead", "membarrier", lock);
        assertEquals(met, only().met());
        assertEquals(String.format(Locale.ROOT, "%.2f x", lock / reader), only().figure());
    }

    @ParameterizedTest
    @CsvSource({"6.87, true, 1.15 x", "6.93, false, 1.16 x"})
    void underTheFullStrategyTheFenceIsTheFloor(double median, boolean met, String figure) {
        measured("ReadSideBenchmark.rcuReader", "full", median);
        measured("ReadSideBenchmark.floorVolatileRead", "full", 0.5);
        measured("ReadSideBenchmark.floorFullFence", "full", 6);
        measured("ReadSideBenchmark.floorFullFence", "membarrier", 60);
        assertEquals(met, only().met());
        assertEquals(figure, only().figure());
        assertEquals("full", only().fence());
        assertEquals(6.0, only().floor());
    }

    @ParameterizedTest
    @CsvSource({"1.05, true, 1.90 x", "1.06, false, 1.89 x"})
    void twoThreadsMustGetTwiceAsMuchDone(double median, boolean met, String figure) {
        measured("ReadSideBenchmark.rcuReader", "", null, 1, null);
        measured("ScalingThreadsBenchmark.rcuReader", "", null, median, null);
        assertEquals(met, only().met());
        assertEquals(figure, only().figure());
        assertEquals("unknown", only().fence());
    }

    @Test
    void idleReadersAreDividedByTheirNumber() {
        measured("ScalingReadersBenchmark.synchronize", "readers=0", "full", 500, null);
        measured("ScalingReadersBenchmark.synchronize", "readers=10000", "full", 15_500, null);
        measured("ScalingReadersBenchmark.synchronize", "readers=100000", "full", 300_500, null);
        List<TargetLine> lines = TargetTable.lines(results);
        assertEquals(
                List.of("1.50 ns each", "3.00 ns each"),
                lines.stream().map(TargetLine::figure).toList());
        assertEquals(
                List.of("met", "missed"),
                lines.stream().map(TargetLine::outcome).toList());
        assertEquals("<= 2 ns each", lines.get(0).limit());
    }

    @Test
    void aCallMustNotAllocate() {
        measured("CallBenchmark.callToInvoke", "flavour=rcu", "full", 60, 0.04);
        measured("CallBenchmark.callToInvoke", "flavour=srcu", "full", 60, 0.06);
        measured("CallBenchmark.floorCallToInvoke", "", "full", 50, 24.0);
        assertEquals(
                List.of("1.20 x met", "0.0 B/op met", "0.1 B/op missed"),
                TargetTable.lines(results).stream()
                        .map(line -> line.figure() + " " + line.outcome())
                        .toList());
    }

    @Test
    void ofTheLayoutsThatAreMeasuredSideBySideTheTaggedOneHasATarget() {
        for (String layout : List.of("UNION", "TAGGED", "SPLIT")) {
            double times = layout.equals("TAGGED") ? 1.08 : 2;
            measured("PutTaskStructRcuUserBenchmark.putNotLast", "layout=" + layout, "full", 5 * times, null);
            measured("PutTaskStructRcuUserBenchmark.getAndPut", "layout=" + layout, "full", 15 * times, null);
        }
        measured("PutTaskStructRcuUserBenchmark.floorPutNotLast", "full", 5);
        measured("PutTaskStructRcuUserBenchmark.floorGetAndPut", "full", 10);
        assertEquals(
                List.of("1.08 x met", "1.62 x missed"),
                TargetTable.lines(results).stream()
                        .map(line -> line.figure() + " " + line.outcome())
                        .toList());
    }

    @Test
    void eachStrategyIsComparedWithItsOwnFloor() {
        for (String fence : List.of("membarrier", "full")) {
            double times = fence.equals("full") ? 10 : 1;
            measured("ReadSideBenchmark.qsbrReader", fence, 1.05 * times);
            measured("ReadSideBenchmark.floorVolatileRead", fence, 1 * times);
        }
        assertEquals(
                List.of("membarrier + 0.050 ns met", "full + 0.500 ns missed"),
                TargetTable.lines(results).stream()
                        .map(line -> line.fence() + " " + line.figure() + " " + line.outcome())
                        .toList());
    }

    @Test
    void whatWasNotMeasuredIsNeitherMetNorMissed() {
        measured("RefcountBenchmark.incDecAndTest", "full", 10);
        assertEquals(List.of(), TargetTable.lines(results));
        assertEquals(List.of(), TargetTable.unmeasured(results));
        assertEquals("", printed());
        measured("ReadSideBenchmark.rcuReader", "full", 6);
        measured("ReadSideBenchmark.floorFullFence", "full", 6);
        List<String> unmeasured = TargetTable.unmeasured(results);
        assertEquals(Targets.TIMES.size() - 1, unmeasured.size());
        assertTrue(printed().contains("not measured in this run: " + unmeasured.get(0)), printed());
    }

    @Test
    void theTableSaysAllOfIt() {
        measured("ReadSideBenchmark.rcuReader", "full", 7.5);
        measured("ReadSideBenchmark.floorFullFence", "full", 6);
        String line = printed().lines().skip(1).findFirst().orElseThrow();
        assertEquals(
                "RcuReader section, full strategy full 7.50 6.00 1.25 x <= 1.15 x missed", line.replaceAll(" +", " "));
    }

    private String printed() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TargetTable.print(results, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    /** A target whose benchmark was renamed would never be measured again, and nobody would miss it. */
    @Test
    void everyBenchmarkThatATargetNamesExists() throws IOException {
        String sources = sources();
        Stream.concat(
                        Targets.TIMES.stream()
                                .flatMap(t -> Stream.of(t.measured(), t.beside()))
                                .map(Target.Figure::benchmark),
                        Targets.WITHOUT_ALLOCATION.stream())
                .forEach(name -> {
                    int dot = name.indexOf('.');
                    assertTrue(
                            sources.contains("class " + name.substring(0, dot) + " "), "there is no class of " + name);
                    String method = name.substring(Math.max(dot, name.indexOf(':')) + 1);
                    assertTrue(
                            Pattern.compile("@Benchmark\\R(?: *@.*\\R)* *public \\w+ " + method + "\\(")
                                    .matcher(sources)
                                    .find(),
                            "there is no benchmark " + name);
                });
    }

    private static String sources() throws IOException {
        Path inModule = Path.of("../benchmarks/src/main/java");
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(Files.exists(inModule) ? inModule : Path.of("benchmarks/src/main/java"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith("Benchmark.java")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}

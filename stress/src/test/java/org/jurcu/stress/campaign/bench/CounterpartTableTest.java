package org.jurcu.stress.campaign.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jurcu.stress.campaign.model.BenchmarkResult;

class CounterpartTableTest {
    private final List<BenchmarkResult> results = new ArrayList<>();

    private void measured(String group, String name, Map<String, String> params, String fence, double median) {
        results.add(
                new BenchmarkResult(group, name, params, fence, "avgt", "ns/op", 1, 1, 5, median, median, null, null));
    }

    private void measured(String group, String name, String fence, double median) {
        measured(group, name, Map.of(), fence, median);
    }

    private CounterpartLine only() {
        List<CounterpartLine> lines = CounterpartTable.lines(results);
        assertEquals(1, lines.size(), lines.toString());
        return lines.get(0);
    }

    @ParameterizedTest
    @CsvSource({"2.79, true", "2.81, false"})
    void whatASectionAddsIsComparedWithAWholePairOfLiburcu(double median, boolean met) {
        measured("ReadSideBenchmark", "rcuReader", "membarrier", median);
        measured("ReadSideBenchmark", "floorVolatileRead", "membarrier", 2);
        measured("ReadSideBenchmark", "floorVolatileRead", "full", 1);
        measured("liburcu-memb", "readSection", null, 0.8);
        measured("liburcu-memb", "floorReadSection", null, 0.3);
        assertEquals(met, only().met());
        assertEquals(2.0, only().ourFloor());
        assertEquals(0.3, only().theirFloor());
        assertEquals(median / 0.8, only().ratio());
    }

    @ParameterizedTest
    @CsvSource({"1.29, true", "1.31, false"})
    void quiescentReadersAreComparedByWhatEachAdds(double median, boolean met) {
        measured("ReadSideBenchmark", "qsbrReader", "full", median);
        measured("ReadSideBenchmark", "floorVolatileRead", "full", 1);
        measured("liburcu-qsbr", "readSection", null, 0.5);
        assertNull(only().met());
        measured("liburcu-qsbr", "floorReadSection", null, 0.3);
        assertEquals(met, only().met());
    }

    @ParameterizedTest
    @CsvSource({"2399, true", "2401, false"})
    void aGracePeriodIsComparedByItsTime(double median, boolean met) {
        measured("SynchronizeBenchmark", "oneReader:synchronizes", "membarrier", median);
        measured("liburcu-memb", "synchronizeOneReader", null, 2000);
        assertEquals(met, only().met());
        assertEquals(met ? "met" : "missed", only().outcome());
    }

    @Test
    void callbacksAreComparedWithTheBetterFigureOfLiburcu() {
        measured("CallBenchmark", "callToInvoke", Map.of("flavour", "srcu"), "membarrier", 20);
        measured("CallBenchmark", "callToInvoke", Map.of("flavour", "rcu"), "membarrier", 40);
        measured("liburcu-memb", "callToInvokeManyHeads", null, 61);
        assertEquals(40.0, only().ours());
        assertEquals(true, only().met());
    }

    @Test
    void aPairWithoutAnAimIsShownAndJudgesNothing() {
        measured("ReadSideBenchmark", "rcuReader", "full", 6);
        measured("liburcu-mb", "readSection", null, 60);
        assertNull(only().met());
        assertEquals("", only().outcome());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CounterpartTable.print(results, new PrintStream(out, true, StandardCharsets.UTF_8));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("0.10"), out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void nothingIsPrintedWithoutLiburcu() {
        measured("ReadSideBenchmark", "rcuReader", "full", 6);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CounterpartTable.print(results, new PrintStream(out, true, StandardCharsets.UTF_8));
        assertEquals(0, out.size());
    }

    /** A pair whose name is misspelt would never be measured. */
    @Test
    void everyPairNamesABenchmarkAndAScenarioThatExist() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        String program = Files.readString(Liburcu.source(root));
        for (Counterpart pair : Counterparts.ALL) {
            assertTrue(program.contains('"' + pair.theirs() + '"'), pair.theirs());
            assertTrue(pair.theirFloor() == null || program.contains('"' + pair.theirFloor() + '"'), pair.toString());
            String name = pair.ours().benchmark();
            String method = name.replaceAll(".*[.:]", "");
            String type = name.substring(0, name.indexOf('.'))
                    .replace("ScalingThreads", "ReadSide")
                    .replace("RefcountScaling", "Refcount");
            String source =
                    Files.readString(root.resolve("benchmarks/src/main/java/org/jurcu/benchmarks/" + type + ".java"));
            assertTrue(source.contains(" " + method + "("), name);
        }
    }
}

package org.jurcu.stress.campaign.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.Change;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;

class BaselineTest {
    private static BenchmarkResult figure(String name, String fence, String mode, double median, Double error) {
        return new BenchmarkResult(
                "Group", name, Map.of("n", "1"), fence, mode, "ns/op", 1, 1, 5, median, median, error, null);
    }

    private static Section<BenchmarkResult> section(BenchmarkResult... results) {
        return new Section<>(
                Verdict.PASS, List.of(), List.of(), results.length, results.length, 1, List.of(), List.of(results));
    }

    private static BenchmarkResult compare(BenchmarkResult before, BenchmarkResult now) {
        return new Baseline(List.of(before)).beside(section(now)).results().get(0);
    }

    /** The errors of 3 and 4 of 100 are 5 together. */
    @ParameterizedTest
    @CsvSource({"104, NOISE", "106, SLOWER", "96, NOISE", "94, FASTER"})
    void aChangeIsMoreThanTheNoiseOfBothRuns(double now, Change change) {
        BenchmarkResult before = figure("a", "full", "avgt", 100, 3.0);
        assertEquals(
                change,
                compare(before, figure("a", "full", "avgt", now, now * 0.04))
                        .earlier()
                        .change());
    }

    @Test
    void aQuietRunIsNotTakenAtItsWord() {
        BenchmarkResult before = figure("a", "full", "avgt", 100, 0.0);
        BenchmarkResult now = compare(before, figure("a", "full", "avgt", 104, 0.0));
        assertEquals(Change.NOISE, now.earlier().change());
        assertEquals(1.04, now.earlier().ratio());
        assertEquals(0.05, now.earlier().band());
    }

    @Test
    void moreThroughputIsFaster() {
        BenchmarkResult before = figure("a", "full", "thrpt", 100, 1.0);
        assertEquals(
                Change.FASTER,
                compare(before, figure("a", "full", "thrpt", 200, 1.0))
                        .earlier()
                        .change());
    }

    @Test
    void withoutAnErrorNothingIsSaid() {
        BenchmarkResult before = figure("a", "full", "avgt", 100, null);
        BenchmarkResult now = compare(before, figure("a", "full", "avgt", 300, 1.0));
        assertEquals(Change.UNKNOWN, now.earlier().change());
        assertNull(now.earlier().band());
    }

    @Test
    void onlyTheSameUnderTheSameStrategyIsCompared() {
        Baseline baseline = new Baseline(List.of(figure("a", "full", "avgt", 100, 1.0)));
        Section<BenchmarkResult> compared = baseline.beside(section(
                figure("a", "full", "avgt", 100, 1.0),
                figure("a", "membarrier", "avgt", 100, 1.0),
                figure("b", "full", "avgt", 100, 1.0)));
        assertEquals(1, BaselineTable.compared(compared.results()).size());
        assertEquals(List.of("2 of 3 figures have none in the earlier run."), compared.notes());
        assertEquals(Verdict.PASS, compared.verdict());
    }

    @Test
    void theTableIsPrintedWhereThereIsOne() {
        BenchmarkResult before = figure("a", "full", "avgt", 100, 1.0);
        String text = printed(compare(before, figure("a", "full", "avgt", 150, 1.0)));
        assertTrue(text.contains("slower") && text.contains("1.50"), text);
        assertEquals("", printed(before));
    }

    private static String printed(BenchmarkResult result) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BaselineTable.print(List.of(result), new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }
}

package org.jurcu.stress.campaign.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.Scripts;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.terminal.PlainProgress;

/** With a script in the place of Java, which says what the program would say. */
class LatencyRunTest {
    private static final String LIST = """
            args="$*"
            if [[ $args == *LatencyMain ]]; then
              printf 'WARNING: something\\nfloorClock\\nsynchronize/readers=1\\ncallToInvoke/flavour=rcu\\n'
              exit 0
            fi
            """;
    private static final BenchPlan PLAN = new BenchPlan(2, 2, 5, 30);

    @TempDir
    Path dir;

    private LatencyRun run(String body) throws IOException, InterruptedException {
        Path java = Scripts.write(dir.resolve("java"), LIST + body);
        LatencyRun run =
                new LatencyRun(java, dir.resolve("b.jar"), dir, new PlainProgress(new PrintStream(System.err)));
        run.measure(List.of("latency.synchronize/readers=1"), "full", PLAN);
        return run;
    }

    @Test
    void scenariosAreFoundByPattern() throws Exception {
        LatencyRun run = run("");
        assertEquals(
                List.of("latency.floorClock", "latency.synchronize/readers=1", "latency.callToInvoke/flavour=rcu"),
                run.names());
        assertEquals(List.of("latency.callToInvoke/flavour=rcu"), run.matching(Pattern.compile("ToInvoke")));
        assertEquals(3, run.matching(Pattern.compile("latency")).size());
        assertEquals(List.of(), run.matching(Pattern.compile("ReadSide")));
    }

    @Test
    void theForksOfAScenarioAreOneFigure() throws Exception {
        LatencyRun run = run("echo '" + LatencyHistogramTest.line(1, 1000) + "'\n");
        assertEquals(List.of(), run.reasons());
        assertEquals(1, run.expected());
        BenchmarkResult result = run.results().get(0);
        assertEquals("Latency.synchronize", result.group() + "." + result.name());
        assertEquals(Map.of("readers", "1"), result.params());
        assertEquals("full", result.fence());
        assertEquals(2, result.forks());
        assertEquals(2000, result.percentiles().values());
        assertEquals(500, result.median());
        assertTrue(
                run.commands().get(0).contains("-Djurcu.fence=full")
                        && run.commands().get(0).endsWith(" 300 1000"),
                run.commands()::toString);
    }

    @Test
    void whatThisJvmCannotDoIsSkippedWithItsReason() throws Exception {
        LatencyRun run = run("echo 'skipped That needs more.'\n");
        assertEquals(0, run.expected());
        assertEquals(List.of(), run.results());
        assertEquals(List.of("That needs more. So it was not measured: latency.synchronize/readers=1."), run.notes());
    }

    @Test
    void whatFellBehindIsSaidToHaveDoneSo() throws Exception {
        LatencyRun run = run("echo late\necho '" + LatencyHistogramTest.line(1, 1000) + "'\n");
        assertEquals(1, run.results().size());
        assertEquals(1, run.notes().size());
        assertTrue(run.notes().get(0).contains("fell behind its timetable"), run.notes()::toString);
    }

    @Test
    void noHistogramAndABadEndAreNoPass() throws Exception {
        LatencyRun nothing = run("echo 'something broke'\n");
        assertEquals(1, nothing.expected());
        assertEquals(List.of(), nothing.results());
        assertTrue(nothing.reasons().get(0).contains("gave no latencies; the log is "), nothing.reasons()::toString);
        LatencyRun torn = run("echo '" + LatencyHistogramTest.line(1, 1000) + "'\nexit 1\n");
        assertEquals(1, torn.reasons().size());
        assertEquals(List.of(), torn.results());
    }
}

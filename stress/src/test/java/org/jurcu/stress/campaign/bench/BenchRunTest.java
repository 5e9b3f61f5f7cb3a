package org.jurcu.stress.campaign.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.Scripts;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.terminal.PlainProgress;

class BenchRunTest {
    private static final String LIST = """
            if [[ " $* " == *" -lp "* ]]; then
              printf 'Benchmarks: \\norg.x.ReadBenchmark.rcu\\norg.x.ReadBenchmark.floorLoad\\n'
              printf "$MORE"
              exit 0
            fi
            if [[ " $* " == *LatencyMain* ]]; then
              printf "$LATENCY" "${!#}"
              exit 0
            fi
            fence=${1#-Djurcu.fence=}
            group=ReadBenchmark
            threads=1
            [[ " $* " == *" -t "* ]] && threads=$(sed 's/.* -t \\([0-9]*\\) .*/\\1/' <<< "$*")
            choice=${*: -1}
            while [[ $1 != -rff ]]; do shift; done
            json=$2
            result() {
              printf '{"benchmark": "org.x.%s.%s", "mode": "avgt", "threads": %s,' "$group" "$1" "$threads"
              printf ' "forks": 1,'
              printf ' "jvmArgs": ["-Djurcu.fence=%s"],' "$fence"
              printf ' "measurementIterations": 5, "secondaryMetrics": {}, "primaryMetric": {"score": %s,' "$2"
              printf ' "scoreError": 0.1, "scoreUnit": "ns/op", "scorePercentiles": {"50.0": %s}}}' "$2"
            }
            """;
    private static final String BOTH = "{ echo [; result rcu 4; echo ,; result floorLoad 2; echo ]; } > \"$json\"\n";
    private static final String LOCKED =
            "echo 'ERROR: Another JMH instance might be running. Unable to acquire the JMH lock'; exit 1\n";

    @TempDir
    Path dir;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Path work;

    @BeforeEach
    void makeWork() {
        work = dir.resolve("a directory");
    }

    private BenchRun benchRun(Path java, PrintStream out) {
        PlainProgress progress = new PlainProgress(out);
        Liburcu liburcu = new Liburcu(dir.resolve("liburcu.c"), "none", work, progress);
        return new BenchRun(java, dir.resolve("b.jar"), work, progress, Duration.ofMillis(1), liburcu);
    }

    private Section<BenchmarkResult> run(String body) throws IOException, InterruptedException, CampaignException {
        return run("", body, "full");
    }

    private Section<BenchmarkResult> run(String more, String body, String... fences)
            throws IOException, InterruptedException, CampaignException {
        Path java = Scripts.write(dir.resolve("java"), "MORE='" + more + "'\n" + LIST + body);
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return benchRun(java, out)
                .run(Pattern.compile("org"), false, Duration.ofSeconds(10), List.of(fences), List.of());
    }

    @Test
    void everyBenchmarkMeasuredIsAPass() throws Exception {
        Section<BenchmarkResult> section = run(BOTH);
        assertEquals(Verdict.PASS, section.verdict(), section.reasons().toString());
        assertEquals(2, section.results().size());
        assertEquals(2.0, section.results().get(0).ratio());
        assertEquals(1, section.commands().size());
    }

    @Test
    void eachStrategyHasAPassOfItsOwnAndPeersAreInTheFirst() throws Exception {
        String withPeer = """
                [[ $choice == *peerLock* ]] && peer=", $(result peerLock 9)"
                { echo [; result rcu 4; echo ,; result floorLoad 2; echo "$peer"; echo ]; } > "$json"
                """;
        Section<BenchmarkResult> section =
                run("org.x.ReadBenchmark.peerLock\\n", withPeer, "membarrier", "full", "membarrier");
        assertEquals(Verdict.PASS, section.verdict(), section.reasons().toString());
        assertEquals(
                List.of("membarrier rcu", "membarrier floorLoad", "membarrier peerLock", "full rcu", "full floorLoad"),
                section.results().stream().map(r -> r.fence() + " " + r.name()).toList());
        assertEquals(5, section.expected());
        assertEquals(2, section.commands().size());
        assertTrue(
                section.commands().get(1).contains(" -Djurcu.fence=full "),
                section.commands().get(1));
        assertEquals(2.0, section.results().get(3).ratio());
    }

    private static String skip(String benchmark, String parameters) {
        return "echo '# Benchmark: org.x." + benchmark + "'\necho '# Parameters: " + parameters + "'\n"
                + "echo 'org.jurcu.benchmarks.SkippedException: It needs more.'\n";
    }

    @Test
    void aBenchmarkThatThisJvmCannotRunIsSkippedWithItsReason() throws Exception {
        String body = skip("ReadBenchmark.arena", "(n = 1)") + skip("ReadBenchmark.arena", "(n = 1)") + BOTH;
        Section<BenchmarkResult> section = run("org.x.ReadBenchmark.arena\\n", body, "full");
        assertEquals(Verdict.PASS, section.verdict(), section.reasons().toString());
        assertEquals(2, section.expected());
        assertEquals(2, section.ran());
        assertEquals(List.of("It needs more. So it was not measured: ReadBenchmark.arena (n = 1)."), section.notes());
    }

    @Test
    void aValueOfAParameterMayBeSkippedAloneButNotMissing() throws Exception {
        String more = "org.x.ReadBenchmark.many\\n  param \"n\" = {0, 1}\\n";
        String zero =
                "{ echo [; result rcu 4; echo ,; result floorLoad 2; echo ,; result many 3; echo ]; } > \"$json\"\n";
        assertEquals(
                Verdict.PASS,
                run(more, skip("ReadBenchmark.many", "(n = 1)") + zero, "full").verdict());
        Section<BenchmarkResult> missing = run(more, zero, "full");
        assertEquals(Verdict.INCONCLUSIVE, missing.verdict());
        assertEquals(List.of("Only 3 of 4 measurements gave a result."), missing.reasons());
    }

    @Test
    void aBenchmarkWithoutResultIsInconclusive() throws Exception {
        Section<BenchmarkResult> section = run("{ echo [; result rcu 4; echo ]; } > \"$json\"\n");
        assertEquals(Verdict.INCONCLUSIVE, section.verdict());
        assertTrue(section.reasons().get(0).startsWith("org.x.ReadBenchmark.floorLoad gave no result"));
    }

    @Test
    void noResultFileIsInconclusiveAndTheLogIsShown() throws Exception {
        Section<BenchmarkResult> section = run("echo 'something broke'; exit 1\n");
        assertEquals(Verdict.INCONCLUSIVE, section.verdict());
        assertTrue(said.toString(StandardCharsets.UTF_8).contains("| something broke"));
    }

    @Test
    void theLockOfAnotherJmhIsWaitedFor() throws Exception {
        String once = "if [[ ! -e seen ]]; then touch seen; " + LOCKED + "fi\n";
        Section<BenchmarkResult> section = run(once.replace("\nfi", "; fi") + BOTH);
        assertEquals(Verdict.PASS, section.verdict(), section.reasons().toString());
        assertTrue(said.toString(StandardCharsets.UTF_8).contains("another JMH is measuring"));
    }

    @Test
    void theLockIsNotWaitedForWithoutEnd() throws Exception {
        Section<BenchmarkResult> section = run(LOCKED);
        assertEquals(Verdict.INCONCLUSIVE, section.verdict());
        assertTrue(section.reasons().get(0).startsWith("Another JMH held its lock"));
    }

    @Test
    void aQuickRunOfWhatHasNoTargetIsRefusedWithASentence() throws IOException {
        Path java = Scripts.write(dir.resolve("java"), "MORE=\n" + LIST + BOTH);
        BenchRun run = benchRun(java, new PrintStream(said));
        CampaignException e = assertThrows(
                CampaignException.class,
                () -> run.run(Pattern.compile("Read"), true, Duration.ofSeconds(1), List.of("full"), List.of()));
        assertTrue(e.getMessage().contains("no target names any"), e.getMessage());
    }

    @Test
    void aJarWithoutBenchmarksCannotBeMeasured() throws IOException {
        Path java = Scripts.write(dir.resolve("java"), "echo 'No matching benchmarks.'\n");
        BenchRun run = benchRun(java, new PrintStream(said));
        assertThrows(
                CampaignException.class,
                () -> run.run(Pattern.compile("org"), false, Duration.ofSeconds(1), List.of("full"), List.of()));
    }

    private static final String READ_SIDE = """
            if [[ " $* " == *" -lp "* ]]; then
              printf 'Benchmarks: \\norg.x.ReadSideBenchmark.rcuReader\\norg.x.ReadSideBenchmark.peerLock\\n'
              printf 'org.x.Other.rcu\\n'
              exit 0
            fi
            """;

    private Section<BenchmarkResult> byThreads(String pattern, boolean quick, List<Integer> threads)
            throws IOException, InterruptedException, CampaignException {
        String body = """
                [[ $choice == *Other* ]] && other=", $(group=Other; result rcu 7)"
                group=ReadSideBenchmark
                [[ $choice == *peerLock* ]] && peer=", $(result peerLock $((9 * threads)))"
                { echo [; result rcuReader 4; echo "$peer $other"; echo ]; } > "$json"
                """;
        Path java = Scripts.write(dir.resolve("java"), READ_SIDE + LIST + body);
        return benchRun(java, new PrintStream(said))
                .run(Pattern.compile(pattern), quick, Duration.ofSeconds(10), List.of("membarrier", "full"), threads);
    }

    @Test
    void theReadSideIsMeasuredWithEachNumberOfThreads() throws Exception {
        Section<BenchmarkResult> section = byThreads("", false, List.of(1, 4));
        assertEquals(Verdict.PASS, section.verdict(), section.reasons().toString());
        assertEquals(
                List.of(
                        "membarrier ReadSideBenchmark.rcuReader",
                        "membarrier ReadSideBenchmark.peerLock",
                        "membarrier Other.rcu",
                        "membarrier ReadSideByThreads.rcuReader {threads=1}",
                        "membarrier ReadSideByThreads.peerLock {threads=1}",
                        "membarrier ReadSideByThreads.rcuReader {threads=4}",
                        "membarrier ReadSideByThreads.peerLock {threads=4}",
                        "full ReadSideBenchmark.rcuReader",
                        "full Other.rcu",
                        "full ReadSideByThreads.rcuReader {threads=1}",
                        "full ReadSideByThreads.rcuReader {threads=4}"),
                section.results().stream()
                        .map(r -> r.fence() + " " + r.group() + "." + r.label())
                        .toList());
        assertEquals(36, section.results().get(6).median());
        assertEquals(4, section.results().get(6).threads());
        assertEquals(11, section.expected());
        assertEquals(11, section.ran());
        assertTrue(section.commands().get(2).contains(" -t 4 "), section.commands()::toString);
        assertEquals(
                0,
                section.commands().stream()
                        .filter(c -> c.contains("Other") && c.contains(" -t "))
                        .count());
    }

    @Test
    void moreThreadsThanProcessorsAreNoted() throws Exception {
        int many = Runtime.getRuntime().availableProcessors() + 1;
        assertEquals(List.of(), byThreads("rcu", true, List.of(1)).notes());
        List<String> notes = byThreads("rcu", true, List.of(many)).notes();
        assertEquals(1, notes.size(), notes::toString);
        assertTrue(notes.get(0).contains("the threads took turns"), notes::toString);
    }

    @Test
    void threadsWithoutAReadSideAreRefused() {
        CampaignException refusal =
                assertThrows(CampaignException.class, () -> byThreads("Other", false, List.of(1, 2)));
        assertTrue(refusal.getMessage().startsWith("--threads measures ReadSideBenchmark"), refusal.getMessage());
    }

    private Section<BenchmarkResult> withLatencies(boolean quick) throws Exception {
        String latency = "LATENCY='" + LatencyHistogramTest.line(1, 1000) + "\\n'\n"
                + "[[ $* == *LatencyMain ]] && LATENCY='floorClock\\nsynchronize/readers=1\\n'\n";
        String body = "group=ReadSideBenchmark; { echo [; result rcuReader 4; echo ]; } > \"$json\"\n";
        Path java = Scripts.write(dir.resolve("java"), latency + READ_SIDE + LIST + body);
        return benchRun(java, new PrintStream(said))
                .run(
                        Pattern.compile("rcuReader|latency"),
                        quick,
                        Duration.ofSeconds(10),
                        List.of("membarrier", "full"),
                        List.of());
    }

    @Test
    void aQuickRunOfLatenciesAloneIsRefusedWithASentence() throws Exception {
        Path java = Scripts.write(
                dir.resolve("java"), "[[ $* == *LatencyMain ]] && { echo floorClock; exit 0; }\n" + READ_SIDE + LIST);
        BenchRun run = benchRun(java, new PrintStream(said));
        CampaignException e = assertThrows(
                CampaignException.class,
                () -> run.run(Pattern.compile("latency"), true, Duration.ofSeconds(1), List.of("full"), List.of()));
        assertTrue(e.getMessage().contains("no target names any"), e.getMessage());
    }

    @Test
    void latenciesAreMeasuredUnderEachStrategyAndNotInAQuickRun() throws Exception {
        Section<BenchmarkResult> section = withLatencies(false);
        assertEquals(Verdict.PASS, section.verdict(), section.reasons().toString());
        assertEquals(6, section.expected());
        assertEquals(6, section.ran());
        List<BenchmarkResult> latencies =
                section.results().stream().filter(r -> r.percentiles() != null).toList();
        assertEquals(
                List.of("membarrier floorClock", "membarrier synchronize", "full floorClock", "full synchronize"),
                latencies.stream().map(r -> r.fence() + " " + r.name()).toList());
        assertEquals(null, latencies.get(1).ratio(), "a percentile is no multiple of a floor");
        Section<BenchmarkResult> quick = withLatencies(true);
        assertEquals(2, quick.expected());
        assertTrue(quick.results().stream().allMatch(r -> r.percentiles() == null));
    }
}

package org.jurcu.stress.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.CampaignReport;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.part.Part;
import org.jurcu.stress.campaign.part.Parts;
import org.jurcu.stress.campaign.report.Json;

/** All parts together; jcstress and JMH are a script: the one runs nothing and says that all is well, as it does. */
class CampaignCommandTest {
    private static final String JAVA = """
            if [[ " $* " == *jcstress.jar* ]]; then
              echo 'FATAL: No matching tests.'
              exit 0
            fi
            if [[ " $* " == *" -lp "* ]]; then
              echo org.x.ReadSideBenchmark.floorVolatileRead
              exit 0
            fi
            if [[ " $* " == *LatencyMain* ]]; then
              exit 0
            fi
            while [[ $1 != -rff ]]; do shift; done
            printf '[{"benchmark": "org.x.ReadSideBenchmark.floorVolatileRead", "mode": "avgt", "threads": 1, "forks": 1,' > "$2"
            printf ' "measurementIterations": 5, "secondaryMetrics": {}, "primaryMetric": {"score": 2,' >> "$2"
            printf ' "scoreError": "NaN", "scoreUnit": "ns/op", "scorePercentiles": {"50.0": 2}}}]' >> "$2"
            """;

    @TempDir
    Path root;

    private Desk desk;
    private Path traces;

    @BeforeEach
    void makeProject() throws IOException {
        traces = Files.createDirectories(root.resolve("task-lifecycle/src/test/resources/traces"));
        Files.createFile(traces.resolve("good.trace.gz"));
        desk = new Desk(root, Scripts.write(root.resolve("jdk/java"), JAVA), "");
    }

    @Test
    void aCampaignWhoseStressTestsDidNotRunIsInconclusive() throws Exception {
        assertEquals(3, desk.run("--quick"), desk.err());
        Path directory = root.resolve("target/campaign");
        assertTrue(desk.out().contains("verdict: inconclusive"), desk.out());
        assertTrue(desk.out().contains("report: " + directory.resolve("index.html")), desk.out());
        CampaignReport report = Json.readReport(directory.resolve("report.json"));
        assertEquals(Verdict.INCONCLUSIVE, report.verdict());
        assertEquals(3, report.exitStatus());
        assertEquals(Verdict.PASS, report.parts().get("replay").verdict());
        assertEquals(Verdict.INCONCLUSIVE, report.parts().get("stress").verdict());
        assertEquals(0, report.parts().get("stress").ran());
        assertTrue(report.parts().get("stress").expected() > 0);
        assertEquals(Verdict.PASS, report.parts().get("bench").verdict());
        assertEquals("./campaign --quick", report.command());
        assertTrue(Files.readString(directory.resolve("index.html")).contains("did not run"));
    }

    @Test
    void aViolationInThePartOutweighsTheRest() throws Exception {
        Files.createFile(traces.resolve("early.trace.gz"));
        assertEquals(1, desk.run("--quick", "--out", root.resolve("elsewhere")));
        assertEquals(
                Verdict.VIOLATION,
                Json.readReport(root.resolve("elsewhere/report.json")).verdict());
    }

    @Test
    void aTornBundledRecordingIsOneSentence() throws Exception {
        Files.createFile(traces.resolve("torn.trace.gz"));
        assertEquals(2, desk.run("--quick"));
        assertEquals("campaign: torn.trace.gz:12: the line ends in the middle of an event", desk.complaints());
        assertFalse(Files.exists(root.resolve("target/campaign/report.json")));
    }

    @Test
    void theReportIsForScriptsToo() throws Exception {
        desk.run("--quick");
        Desk later = new Desk(root);
        assertEquals(0, later.run("report", "--plain"));
        String lines = later.out();
        assertTrue(lines.startsWith("replay pass 1 1 1 tests\n"), lines);
        assertTrue(lines.matches("(?s).*\nstress inconclusive [1-9]\\d* 0 0 tests\n.*"), lines);
        assertTrue(lines.matches("(?s).*\ntorture inconclusive [1-9]\\d* 0 0 tests\n.*"), lines);
        assertTrue(lines.matches("(?s).*\nlitmus inconclusive [1-9]\\d* 0 0 tests\n.*"), lines);
        assertTrue(lines.contains("\nbench pass 1 1 1 figures\n"), lines);
        Path page = root.resolve("target/campaign/index.html");
        Files.delete(page);
        Desk again = new Desk(root);
        assertEquals(0, again.run("report"));
        assertEquals(page.toString(), again.out().strip());
        assertTrue(Files.exists(page));
    }

    private List<String> benchCommands(Object... arguments) throws Exception {
        Desk fresh = new Desk(root, root.resolve("jdk/java"), "");
        assertEquals(0, fresh.run(arguments), fresh.err());
        return Json.readReport(root.resolve("target/campaign-bench/report.json"))
                .parts()
                .get("bench")
                .commands();
    }

    @Test
    void aFullBenchIsLongAndHasEachNumberOfThreads() throws Exception {
        List<String> full = benchCommands("bench", "--full");
        assertTrue(full.stream().anyMatch(c -> c.contains(" -t 1 ")), full::toString);
        assertEquals(benchCommands("bench", "--time", "30m", "--threads", "auto"), full);
        assertEquals(
                benchCommands("bench", "--time", "1m", "--threads", "1"),
                benchCommands("bench", "--full", "--time", "1m", "--threads", "1"));
    }

    @Test
    void partsCanBeRunAlone() throws Exception {
        assertEquals(0, desk.run("bench", "--quick"));
        CampaignReport report = Json.readReport(root.resolve("target/campaign-bench/report.json"));
        assertEquals(Verdict.PASS, report.verdict());
        assertEquals(Set.of("bench"), report.parts().keySet());
        assertEquals(3, desk.run("stress", "--quick"));
        assertEquals(0, new Desk(root, root.resolve("jdk/java"), "").run("bench", "--list"));
    }

    @Test
    void anEarlierRunsFiguresStandBesideTheNewOnes() throws Exception {
        assertEquals(0, desk.run("bench", "--out", root.resolve("first").toString()));
        Path first = root.resolve("first/report.json");
        assertEquals(
                0,
                new Desk(root, root.resolve("jdk/java"), "")
                        .run(
                                "bench",
                                "--baseline",
                                first.toString(),
                                "--out",
                                root.resolve("second").toString()));
        BenchmarkResult second = (BenchmarkResult) Json.readReport(root.resolve("second/report.json"))
                .parts()
                .get("bench")
                .results()
                .get(0);
        assertEquals(1.0, second.earlier().ratio());
    }

    @Test
    void aStoredReportNamesNoPlaceOfThisMachine() throws Exception {
        assertEquals(0, desk.run("bench", "--out", root.resolve("first").toString()));
        Path kept = root.resolve("kept");
        assertEquals(0, new Desk(root).run("report", root.resolve("first").toString(), "--store", kept.toString()));
        String stored = Files.readString(kept.resolve("report.json"));
        assertFalse(stored.contains(root.toString()), stored);
        assertTrue(
                Files.readString(root.resolve("first/report.json")).contains(root.toString()),
                "the report itself has command lines");
        assertEquals(
                1,
                Json.readReport(kept.resolve("report.json"))
                        .parts()
                        .get("bench")
                        .results()
                        .size());
    }

    @Test
    void figuresNeedBenchmarks() throws Exception {
        assertEquals(3, desk.run("stress", "--quick"));
        Desk again = new Desk(root);
        assertEquals(
                2, again.run("report", root.resolve("target/campaign-stress").toString(), "--figures"));
        assertTrue(again.complaints().contains("has no benchmarks"), again.complaints());
    }

    private CampaignReport reportOf(String name) throws Exception {
        return Json.readReport(root.resolve(name + "/report.json"));
    }

    private static List<String> keys(CampaignReport report, Part<?> part) {
        return part.keys(report.parts().get(part.name())).stream().sorted().toList();
    }

    @Test
    void twoShardsMergedAreTheUndividedList() throws Exception {
        Files.createFile(traces.resolve("another.trace.gz"));
        desk.run("--quick", "--out", root.resolve("whole"));
        desk.run("--quick", "--shard", "1/2", "--out", root.resolve("one"));
        desk.run("--quick", "--shard", "2/2", "--out", root.resolve("two"));
        desk.run("merge", root.resolve("two"), root.resolve("one"), "--out", root.resolve("merged"));
        CampaignReport whole = reportOf("whole");
        CampaignReport merged = reportOf("merged");
        assertEquals(whole.parts().keySet(), merged.parts().keySet());
        for (Part<?> part : Parts.ALL) {
            if (whole.parts().containsKey(part.name())) {
                assertEquals(keys(whole, part), keys(merged, part), part.name());
                assertEquals(
                        whole.parts().get(part.name()).expected(),
                        merged.parts().get(part.name()).expected(),
                        part.name());
            }
        }
        assertEquals(2, merged.merged().size());
        assertEquals(null, merged.shard());
        assertTrue(keys(reportOf("one"), Parts.STRESS).size()
                < keys(whole, Parts.STRESS).size());
        assertFalse(reportOf("two").parts().containsKey("bench"), "a measurement was divided");
    }

    @Test
    void shardsThatAreMissingOrTwiceAreInconclusiveAndStrangersAreRefused() throws Exception {
        desk.run("--quick", "--shard", "1/2", "--out", root.resolve("one"));
        desk.run("--quick", "--shard", "2/3", "--out", root.resolve("other"));
        assertEquals(3, desk.run("merge", root.resolve("one"), "--out", root.resolve("m")));
        assertTrue(desk.out().contains("Shard 2/2 is missing, so that its tests did not run."), desk.out());
        assertEquals(3, desk.run("merge", root.resolve("one"), root.resolve("one"), "--out", root.resolve("m")));
        assertTrue(desk.out().contains("Shard 1/2 is there twice."), desk.out());
        assertEquals(2, desk.run("merge", root.resolve("one"), root.resolve("other"), "--out", root.resolve("m")));
        assertTrue(desk.complaints().contains("of different numbers of shards"), desk.complaints());
        desk.run("--quick", "--out", root.resolve("whole"));
        assertEquals(2, desk.run("merge", root.resolve("whole"), "--out", root.resolve("m")));
        assertTrue(desk.complaints().contains("was no shard"), desk.complaints());
    }

    @Test
    void whatIsDoneIsNotDoneAgain() throws Exception {
        desk.run("--quick");
        assertEquals(1, desk.replays);
        Path parts = root.resolve("target/campaign/parts");
        Files.delete(parts.resolve("stress.json"));
        Path bench = parts.resolve("bench.json");
        String whole = Files.readString(bench);
        Files.writeString(bench, whole.substring(0, whole.length() / 2));
        assertEquals(3, desk.run("--resume"), desk.err());
        assertEquals(1, desk.replays, "a part that was through ran again");
        assertEquals(whole.lines().count(), Files.readString(bench).lines().count(), "a torn part did not run again");
        CampaignReport report = reportOf("target/campaign");
        assertEquals(1, report.resumed());
        assertEquals(
                Set.of("replay", "litmus", "stress", "torture", "bench"),
                report.parts().keySet());
        assertTrue(report.quick(), "the options were lost");
        assertTrue(desk.out().contains("It was resumed once."), desk.out());
        desk.run("--quick");
        assertEquals(2, desk.replays, "a new campaign took over what an old one had done");
    }

    @Test
    void whatAnOlderCampaignHadDoneIsNotTakenOver() throws Exception {
        desk.run("--quick");
        Path torn = Files.createFile(traces.resolve("torn.trace.gz"));
        assertEquals(2, desk.run("--quick"));
        Files.delete(torn);
        int replays = desk.replays;
        desk.run("--resume");
        assertEquals(replays + 1, desk.replays);
    }

    @Test
    void onlyTheSameCampaignCanBeResumed() throws Exception {
        assertEquals(2, desk.run("--resume"));
        assertTrue(desk.complaints().contains("there is no campaign to resume in"), desk.complaints());
        desk.run("--quick");
        assertEquals(2, desk.run("--resume", "--quick"));
        Path request = root.resolve("target/campaign/request.json");
        String asked = Files.readString(request);
        Files.writeString(request, asked.replaceFirst("\"revision\" : \"[^\"]*\"", "\"revision\" : \"abc\""));
        assertEquals(2, desk.run("--resume"));
        assertTrue(desk.complaints().contains("that campaign is of revision abc"), desk.complaints());
        Files.writeString(request, asked.replaceFirst("\"jdk\" : \"[^\"]*\"", "\"jdk\" : \"9\""));
        assertEquals(2, desk.run("--resume"));
        assertTrue(desk.complaints().contains("that campaign ran on JDK 9"), desk.complaints());
    }

    /** A JDK whose java answers for its version, and in place of a campaign leaves the report of this test's own. */
    private Path jdk(String name, String version, String report) throws IOException {
        Scripts.write(root.resolve(name + "/bin/java"), """
                if [[ $1 == -XshowSettings:properties ]]; then
                  echo '    java.specification.version = %s' >&2
                  exit 0
                fi
                while [[ $1 != --out ]]; do echo "argument $1"; shift; done
                mkdir -p "$2"
                cp '%s/report.json' "$2"
                exit 3
                """.formatted(version, report));
        return root.resolve(name);
    }

    @Test
    void eachJdkHasItsResultsInOneReport() throws Exception {
        desk.run("--quick");
        String report = root.resolve("target/campaign").toString();
        Path a = jdk("a", "17", report);
        Path b = jdk("b", "25", report);
        assertEquals(3, desk.run("--quick", "--jdk", a, "--jdk", b, "--out", root.resolve("both")), desk.err());
        assertEquals(2, reportOf("both").runs().size());
        assertEquals(Verdict.INCONCLUSIVE, reportOf("both").verdict());
        String log = Files.readString(root.resolve("both/jdk-2.log"));
        assertTrue(log.contains("argument --enable-native-access=ALL-UNNAMED"), log);
        assertTrue(log.contains("argument --quick"), log);
        assertEquals(2, desk.run("--jdk", jdk("old", "11", report)));
        assertTrue(desk.complaints().contains("a JDK 17 or later is needed"), desk.complaints());
        assertEquals(2, desk.run("--jdk", root.resolve("none")));
    }

    /** What an earlier campaign left in the directory is not taken for the report of one that leaves none. */
    @Test
    void anOldReportIsNotThatOfAJdkThatLeavesNone() throws Exception {
        desk.run("--quick");
        Path jdk = jdk("a", "17", root.resolve("target/campaign").toString());
        assertEquals(3, desk.run("--quick", "--jdk", jdk, "--out", root.resolve("again")), desk.err());
        Scripts.write(jdk.resolve("bin/java"), """
                if [[ $1 == -XshowSettings:properties ]]; then
                  echo '    java.specification.version = 17' >&2
                fi
                exit 3
                """);
        assertEquals(2, desk.run("--quick", "--jdk", jdk, "--out", root.resolve("again")));
        assertTrue(
                desk.complaints().contains("ended with exit status 3 and left no report of its own"),
                desk.complaints());
    }
}

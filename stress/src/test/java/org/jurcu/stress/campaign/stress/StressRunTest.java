package org.jurcu.stress.campaign.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.Scripts;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.StressResult;
import org.jurcu.stress.campaign.model.TestKind;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.process.JavaCommand;
import org.jurcu.stress.campaign.process.LogTail;
import org.jurcu.stress.campaign.terminal.PlainProgress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.DiskWriteCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.NodeType;
import org.openjdk.jcstress.os.SchedulingClass;

/** Real result files of two of this module's tests, left behind by a java that runs nothing. */
class StressRunTest {
    private static final String LEAVE = "cp \"$RESULTS/$(basename \"$PWD\")\" jcstress-results-now.bin.gz\n";

    @TempDir
    Path dir;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private String twin;
    private String model;
    private Path results;

    @BeforeEach
    void choosePair() throws Exception {
        results = Files.createDirectories(dir.resolve("results"));
        List<String> all = StressTests.matching(null);
        twin = all.stream()
                .filter(test ->
                        TestKind.of(test) == TestKind.WEAKENED && outcome(test, Expect.ACCEPTABLE_INTERESTING) != null)
                .findFirst()
                .orElseThrow();
        String outer = twin.substring(0, twin.lastIndexOf('.') + 1);
        model = all.stream()
                .filter(test -> test.startsWith(outer)
                        && TestKind.of(test) != TestKind.WEAKENED
                        && outcome(test, Expect.FORBIDDEN) != null)
                .findFirst()
                .orElseThrow();
    }

    /** Returns an outcome that the test expects so, if there is one that is no pattern. */
    private static String outcome(String test, Expect expect) {
        return TestList.getInfo(test).cases().stream()
                .filter(c -> c.expect() == expect && c.matchPattern().matches("[\\w, -]+"))
                .map(c -> c.matchPattern())
                .findFirst()
                .orElse(null);
    }

    private static TestResult result(String test, Expect expect) throws IOException {
        TestInfo info = TestList.getInfo(test);
        Options options = new Options(new String[0]);
        options.parse();
        TestResult result = new TestResult(Status.NORMAL);
        result.setConfig(new TestConfig(
                options,
                info,
                1,
                List.of(),
                0,
                new SchedulingClass(AffinityMode.NONE, info.threads(), NodeType.PACKAGE)));
        result.addState(outcome(test, expect), 500);
        return result;
    }

    private void leave(String run, TestResult... left) {
        try {
            DiskWriteCollector writer =
                    new DiskWriteCollector(results.resolve(run).toString());
            for (TestResult result : left) {
                writer.add(result);
            }
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Section<StressResult> run(String script) throws IOException, InterruptedException {
        return run(script, false);
    }

    private Section<StressResult> run(String script, boolean resume) throws IOException, InterruptedException {
        Path java = Scripts.write(dir.resolve("java"), "RESULTS='" + results + "'\n" + script);
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new StressRun(java, dir.resolve("s.jar"), dir.resolve("work"), new PlainProgress(out), resume)
                .run(List.of(model, twin), Duration.ofSeconds(1));
    }

    private StressResult of(Section<StressResult> section, String test) {
        return section.results().stream()
                .filter(r -> r.test().equals(test))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCaughtTwinAndAGreenModelAreAPass() throws Exception {
        leave("run-1", result(model, Expect.ACCEPTABLE), result(twin, Expect.ACCEPTABLE_INTERESTING));
        Section<StressResult> section = run(LEAVE);
        assertEquals(Verdict.PASS, section.verdict(), section.reasons().toString());
        assertEquals(500, of(section, twin).interesting());
        assertEquals(500, of(section, model).samples());
        assertEquals(1, section.commands().size());
        assertEquals(2, section.ran());
    }

    @Test
    void aForbiddenOutcomeIsAViolation() throws Exception {
        leave("run-1", result(model, Expect.FORBIDDEN), result(twin, Expect.ACCEPTABLE_INTERESTING));
        Section<StressResult> section = run(LEAVE);
        assertEquals(Verdict.VIOLATION, section.verdict());
        assertEquals(500, of(section, model).forbidden());
    }

    @Test
    void aTwinThatEscapesGetsAnotherChanceAlone() throws Exception {
        leave("run-1", result(model, Expect.ACCEPTABLE), result(twin, Expect.ACCEPTABLE));
        leave("run-2", result(twin, Expect.ACCEPTABLE_INTERESTING));
        Section<StressResult> section = run(LEAVE);
        assertEquals(Verdict.PASS, section.verdict(), section.reasons().toString());
        assertEquals(2, of(section, twin).attempts());
        assertEquals(1000, of(section, twin).samples());
        assertEquals(1, of(section, model).attempts());
        assertEquals(2, section.commands().size());
    }

    @Test
    void aTwinThatAlwaysEscapesMakesItInconclusive() throws Exception {
        for (int run = 1; run <= 4; run++) {
            leave("run-" + run, result(model, Expect.ACCEPTABLE), result(twin, Expect.ACCEPTABLE));
        }
        Section<StressResult> section = run(LEAVE);
        assertEquals(Verdict.INCONCLUSIVE, section.verdict());
        assertEquals(4, of(section, twin).attempts());
        assertEquals(4, section.commands().size());
        assertTrue(
                section.reasons().get(0).contains("was not caught in 2000 samples"),
                section.reasons().toString());
    }

    @Test
    void aJcstressThatRunsNothingAndExitsWith0IsInconclusive() throws Exception {
        Files.createDirectories(dir.resolve("work/run-1"));
        leave("run-1", result(model, Expect.ACCEPTABLE), result(twin, Expect.ACCEPTABLE_INTERESTING));
        Files.copy(results.resolve("run-1"), dir.resolve("work/run-1/jcstress-results-old.bin.gz"));
        Section<StressResult> section = run("echo 'FATAL: No matching tests.'\n");
        assertEquals(Verdict.INCONCLUSIVE, section.verdict());
        assertEquals(0, section.ran(), "results of an earlier run were taken for this one's");
        assertTrue(said.toString(StandardCharsets.UTF_8).contains("| FATAL: No matching tests."));
    }

    /** What a real JVM says when it dies of a test: it had begun and was not through. */
    @Test
    void aTestThatAJvmDiesOfIsAnErrorAndTheOthersStillRun() throws Exception {
        leave("run-1", result(twin, Expect.ACCEPTABLE_INTERESTING));
        Section<StressResult> section = run("if grep -q " + model.replace("$", "\\$") + " tests; then echo begin "
                + model + "; exit 134; fi\n" + LEAVE);
        assertEquals(Verdict.VIOLATION, section.verdict());
        assertEquals(
                "ended with an error: the JVM that ran it ended with exit status 134",
                of(section, model).reason());
        assertEquals(Verdict.PASS, of(section, twin).verdict());
    }

    @Test
    void aResultThatIsOnDiskCountsThoughItsJvmDied() throws Exception {
        leave("run-1", result(model, Expect.ACCEPTABLE), result(twin, Expect.ACCEPTABLE_INTERESTING));
        Section<StressResult> section = run("echo begin " + model + "\n" + LEAVE + "exit 137\n");
        assertEquals(Verdict.PASS, section.verdict(), section.reasons().toString());
    }

    @Test
    void aRunThatIsResumedTakesOverWhatIsDone() throws Exception {
        leave("run-1", result(model, Expect.ACCEPTABLE), result(twin, Expect.ACCEPTABLE_INTERESTING));
        run(LEAVE);
        Section<StressResult> resumed = run("exit 1\n", true);
        assertEquals(Verdict.PASS, resumed.verdict(), resumed.reasons().toString());
        assertEquals(0, resumed.commands().size());
        assertEquals(Verdict.INCONCLUSIVE, run("exit 1\n").verdict(), "old results were taken for new ones");
    }

    @Test
    void aTornResultIsThrownAwayAndTakenAnew() throws Exception {
        leave("run-1", result(model, Expect.ACCEPTABLE), result(twin, Expect.ACCEPTABLE_INTERESTING));
        run(LEAVE);
        Path left = dir.resolve("work/run-1/jcstress-results-now.bin.gz");
        byte[] whole = Files.readAllBytes(left);
        for (byte[] torn : List.of(Arrays.copyOf(whole, whole.length / 2), new byte[0], new byte[] {1, 2, 3})) {
            Files.write(left, torn);
            Section<StressResult> resumed = run(LEAVE, true);
            assertEquals(Verdict.PASS, resumed.verdict(), resumed.reasons().toString());
            assertEquals(1, resumed.commands().size());
        }
    }

    @Test
    void realTestsShareAJvmAndLeaveResultsOfJcstress() throws Exception {
        Path work = Files.createDirectories(dir.resolve("shared"));
        StressPlan plan = new StressPlan(false, 1, 10);
        List<String> through = new ArrayList<>();
        SharedRun run = new SharedRun(
                JavaCommand.thisJava(),
                Path.of(System.getProperty("java.class.path")),
                work,
                work.resolve("log"),
                plan,
                through::add);
        run.run(List.of(model, twin));
        assertEquals(List.of(model, twin), through, () -> LogTail.of(work.resolve("log"), 20)
                .toString());
        assertEquals(Set.of(model, twin), JcstressResults.read(work).keySet());
        JcstressResults.read(work).values().forEach(seen -> assertTrue(seen.samples() > 0 && seen.errors() == 0));
        assertEquals(List.of(), run.mishaps());
    }
}

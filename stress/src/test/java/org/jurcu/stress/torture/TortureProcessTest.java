package org.jurcu.stress.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.Scripts;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.TortureResult;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.process.JavaCommand;
import org.jurcu.stress.campaign.terminal.PlainProgress;

/** The JVM of a torture, and what is made of its results. */
class TortureProcessTest {
    private static final String LINE = "flavour=rcu evidence=- verdict=pass";

    @TempDir
    Path dir;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private Section<TortureResult> run(Path java, List<String> names) throws Exception {
        Path classes = Path.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        PlainProgress progress = new PlainProgress(new PrintStream(said, true, StandardCharsets.UTF_8));
        return new TortureProcess(java, classes, dir.resolve("work"), progress).run(names, Duration.ofMillis(500), 3);
    }

    private Path script(String body) throws IOException {
        return Scripts.write(dir.resolve("java"), body);
    }

    @Test
    void flavoursAreTorturedInAJvmOfTheirOwn() throws Exception {
        List<String> names = List.of("busted-early-cookie", "rcu");
        Section<TortureResult> section = run(JavaCommand.thisJava(), names);
        assertEquals(Verdict.PASS, section.verdict(), section.reasons().toString());
        assertEquals(
                names, section.results().stream().map(TortureResult::flavour).toList());
        assertEquals(2, section.ran());
        assertTrue(section.results().get(0).busted());
        assertEquals("cookie", section.results().get(0).detector());
        assertTrue(section.results().get(0).evidence().stream().anyMatch(s -> s.startsWith("cookie: ")));
        assertFalse(section.results().get(1).busted());
        assertTrue(section.results().get(1).line().contains(" seed=3 "));
        assertTrue(
                section.commands().get(0).contains("TortureMain"),
                section.commands().get(0));
        String log = Files.readString(dir.resolve("work/torture.log"));
        assertTrue(log.startsWith("next 0 busted-early-cookie\n"), log);
        assertTrue(log.contains("\nnext 1 rcu\n"), log);
    }

    @Test
    void aJvmThatLeavesNothingIsInconclusive() throws Exception {
        Section<TortureResult> section = run(script("echo out of memory; exit 3"), List.of("rcu", "srcu"));
        assertEquals(Verdict.INCONCLUSIVE, section.verdict());
        assertEquals(0, section.ran());
        assertEquals(2, section.expected());
        assertEquals(
                List.of("rcu did not run.", "srcu did not run."),
                section.reasons().subList(0, 2));
        assertTrue(
                section.reasons().get(2).contains("exit status 3"),
                section.reasons().toString());
        assertTrue(said.toString(StandardCharsets.UTF_8).contains("| out of memory"));
    }

    private static TortureResult result(String flavour, Verdict verdict, String reason) {
        return new TortureResult(flavour, false, verdict, reason, "", "", 1, 1, List.of(1L, 0L, 0L), LINE, List.of());
    }

    @Test
    void aViolationOutweighsWhatDidNotRun() {
        List<String> reasons = new java.util.ArrayList<>();
        List<TortureResult> results =
                List.of(result("rcu", Verdict.PASS, ""), result("qsbr", Verdict.VIOLATION, "age: two"));
        assertEquals(Verdict.VIOLATION, TortureProcess.judge(List.of("rcu", "qsbr", "srcu"), results, reasons));
        assertEquals(List.of("qsbr: age: two", "srcu did not run."), reasons);
        reasons.clear();
        assertEquals(
                Verdict.INCONCLUSIVE, TortureProcess.judge(List.of("rcu", "srcu"), results.subList(0, 1), reasons));
        assertEquals(
                Verdict.PASS, TortureProcess.judge(List.of("rcu"), results.subList(0, 1), new java.util.ArrayList<>()));
    }

    /** Every name that a user meets is explained. */
    @Test
    void theDocumentExplainsEachFieldDetectorAndFlavour() throws Exception {
        String page = Files.readString(Path.of("../docs/torture.md"));
        String line = new TortureSeries(1, (done, name) -> {}, r -> {})
                .run(List.of("busted-early-cookie"), Duration.ofMillis(1))
                .get(0)
                .line();
        for (String word : line.split(" ", -1)) {
            String field = word.substring(0, word.indexOf('='));
            assertTrue(page.contains("`" + field + "`"), "field " + field);
        }
        for (Detector detector : Detector.values()) {
            assertTrue(page.contains("\n| `" + detector.word() + "` | "), detector.word());
        }
        for (String name : TortureProcess.flavours().keySet()) {
            assertTrue(page.contains("\n| `" + name + "` | "), name);
        }
        for (Busted busted : Busted.values()) {
            String row = page.lines()
                    .filter(l -> l.startsWith("| `busted-" + busted.word() + "` |"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(row.contains("`" + busted.detector().word() + "`"), row);
        }
    }

    @Test
    void theTableShowsEvidenceOfShippedFlavoursOnly() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TortureResult bad = new TortureResult(
                "rcu", false, Verdict.VIOLATION, "r", "", "", 1, 10, List.of(7L, 2L, 1L), LINE, List.of("age: x"));
        TortureResult busted = new TortureResult(
                "busted-x", true, Verdict.PASS, "", "", "age", 1, 10, List.of(7L, 2L, 1L), "l", List.of("age: y"));
        TortureTable.print(List.of(busted, bad), new PrintStream(out, true, StandardCharsets.UTF_8));
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("\ntorture: " + LINE + "\n!!! rcu: age: x\n"), text);
        assertFalse(text.contains("age: y"), text);
        assertEquals(1, TortureTable.tooOld(bad));
    }
}

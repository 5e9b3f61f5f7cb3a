package org.jurcu.stress.campaign.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.Scripts;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.LitmusResult;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.terminal.PlainProgress;
import org.jurcu.stress.litmus.LitmusSuite;

/** A java that runs nothing, and leaves the results that a test wants. */
class LitmusJvmTest {
    private static final String REGEX = "^SB$|^MP$";

    @TempDir
    Path dir;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private Section<LitmusResult> run(String script) throws Exception {
        Path java = Scripts.write(dir.resolve("java"), script);
        return new LitmusJvm(
                        java,
                        dir.resolve("x.jar"),
                        dir.resolve("work"),
                        new PlainProgress(new PrintStream(said, true, StandardCharsets.UTF_8)))
                .run(REGEX, Duration.ofSeconds(3), 5);
    }

    private String leaving(List<String> patterns) throws IOException {
        List<LitmusResult> results = patterns.stream()
                .map(name -> new LitmusResult(
                        name, "", "", "sometimes", "r0 = 0", Verdict.PASS, "", "", 7, 1, 1, 1, Map.of("r0=0", 7L)))
                .toList();
        Path file = dir.resolve("left.json");
        new ObjectMapper()
                .writeValue(
                        file.toFile(),
                        new Section<>(Verdict.PASS, List.of(), List.of("a note"), 2, 2, 1.5, List.of(), results));
        return "echo step 1 2\nwhile [[ $1 != *litmus.json ]]; do shift; done\ncp " + file + " \"$1\"\n";
    }

    @Test
    void whatTheJvmLeftIsTheResult() throws Exception {
        assertEquals(List.of("SB", "MP"), LitmusSuite.matching(REGEX).names());
        Section<LitmusResult> section = run(leaving(List.of("SB", "MP")));
        assertEquals(Verdict.PASS, section.verdict());
        assertEquals(2, section.ran());
        assertEquals(List.of("a note"), section.notes());
        String command = section.commands().get(0);
        assertTrue(command.contains("-Djurcu.fence="), command);
        assertTrue(command.endsWith("litmus.json 3000 5 '" + REGEX + "'"), command);
        assertTrue(
                said.toString(StandardCharsets.UTF_8).contains("pass, 2 of 2 cases ran"),
                said.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aJvmThatLeavesNothingIsInconclusive() throws Exception {
        Section<LitmusResult> section = run("echo something is wrong\nexit 7\n");
        assertEquals(Verdict.INCONCLUSIVE, section.verdict());
        assertEquals(2, section.expected());
        assertEquals(0, section.ran());
        assertTrue(
                section.reasons().get(0).contains("exit status 7 and left no results"),
                section.reasons().toString());
        assertTrue(
                said.toString(StandardCharsets.UTF_8).contains("| something is wrong"),
                said.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aJvmWithOtherPatternsIsInconclusive() throws Exception {
        Section<LitmusResult> section = run(leaving(List.of("SB")));
        assertEquals(Verdict.INCONCLUSIVE, section.verdict());
        assertTrue(
                section.reasons().get(0).contains("build it anew"),
                section.reasons().toString());
    }

    @Test
    void anExpressionHasToFindSomething() {
        CampaignException none = assertThrows(CampaignException.class, () -> LitmusSuite.matching("NoSuchPattern"));
        assertTrue(none.getMessage().contains("--list"), none.getMessage());
        CampaignException broken = assertThrows(CampaignException.class, () -> LitmusSuite.matching("("));
        assertTrue(broken.getMessage().contains("is no regular expression"), broken.getMessage());
    }

    @Test
    void theTableHasALineForEachPatternOverAllFlavours() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        List<LitmusResult> results = List.of(
                result("MP", "rcu", "", Verdict.PASS, 1_000, 0),
                result("MP", "rcu", "no grace period", Verdict.PASS, 500, 3),
                result("MP", "srcu", "", Verdict.VIOLATION, 3_000, 1),
                result("MP", "srcu", "no grace period", Verdict.PASS, 500, 4));
        LitmusTable.print(results, new PrintStream(printed, true, StandardCharsets.UTF_8));
        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(3, lines.size());
        assertTrue(lines.get(1).matches("MP +r0 = 0 +never +2 +4,000 +1 +2,000 +violation"), lines.get(1));
        assertTrue(lines.get(2).matches(" +no grace period +must +2 +1,000 +7 +500 +pass"), lines.get(2));
    }

    private static LitmusResult result(
            String pattern, String flavour, String weakening, Verdict verdict, long samples, long seen) {
        return new LitmusResult(
                pattern, flavour, weakening, "never", "r0 = 0", verdict, "", "", samples, seen, 1, 1, Map.of());
    }
}

package org.jurcu.stress.campaign.spin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.Scripts;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.ModelResult;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.terminal.PlainProgress;

/** With scripts in place of spin and gcc: the first takes down what is defined, the verifier prints what goes with it. */
class SpinRunTest {
    private static final String CLEAN = "State-vector 9 byte, depth reached 12, errors: 0\\n   345 states, stored";
    private static final String BROKEN =
            "pan:1: assertion violated  !(x) (at depth 7)\\nState-vector 9 byte, depth reached 9, errors: 1";

    @TempDir
    private Path root;

    private Section<ModelResult> run(String model, String twin) throws Exception {
        Path spin = Scripts.write(root.resolve("spin"), "[ \"$1\" = -V ] && exit 0\necho \"$2\" > pan.c\n");
        String verifier = "printf '#!/bin/sh\\ngrep -q -- -DLEFT_OUT pan.c && printf \"" + twin.replace("\\n", "\\\\n")
                + "\" || printf \"" + model.replace("\\n", "\\\\n") + "\"\\n' > pan; chmod +x pan\n";
        Path cc = Scripts.write(root.resolve("cc"), "[ \"$1\" = --version ] && exit 0\n" + verifier);
        return run(new SpinRun.Tools(spin.toString(), cc.toString()));
    }

    private Section<ModelResult> run(SpinRun.Tools tools) throws Exception {
        SpinModel model = new SpinModel(root.resolve("m.pml"), Map.of("LEFT_OUT", "the fence"));
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new SpinRun(tools, root.resolve("out"), Duration.ofSeconds(20), new PlainProgress(nowhere))
                .run(List.of(new SpinRun.Variant(model, ""), new SpinRun.Variant(model, "LEFT_OUT")));
    }

    @Test
    void aModelThatHoldsAndATwinThatIsCaughtPass() throws Exception {
        Section<ModelResult> section = run(CLEAN, BROKEN);
        assertEquals(Verdict.PASS, section.verdict());
        ModelResult model = section.results().get(0);
        assertEquals(345, model.states());
        assertEquals(12, model.depth());
        ModelResult twin = section.results().get(1);
        assertEquals("m LEFT_OUT", twin.name());
        assertEquals("assertion violated !(x)", twin.found());
    }

    @Test
    void aBrokenModelIsAViolation() throws Exception {
        Section<ModelResult> section = run(BROKEN, BROKEN);
        assertEquals(Verdict.VIOLATION, section.verdict());
        assertEquals(List.of("Model m: assertion violated !(x)."), section.reasons());
    }

    @Test
    void aTwinThatIsNotCaughtIsInconclusive() throws Exception {
        Section<ModelResult> section = run(CLEAN, CLEAN);
        assertEquals(Verdict.INCONCLUSIVE, section.verdict());
        assertEquals(List.of("Model m LEFT_OUT: it was not caught."), section.reasons());
    }

    @Test
    void soIsASearchThatIsNotComplete() throws Exception {
        assertEquals(
                Verdict.INCONCLUSIVE,
                run("error: max search depth too small\\n" + CLEAN, BROKEN).verdict());
        assertEquals(Verdict.INCONCLUSIVE, run("Killed", BROKEN).verdict());
    }

    @Test
    void andAModelThatCannotBeBuilt() throws Exception {
        Path spin = Scripts.write(root.resolve("spin"), "exit 0\n");
        Section<ModelResult> section = run(new SpinRun.Tools(spin.toString(), spin.toString()));
        assertEquals(Verdict.INCONCLUSIVE, section.verdict());
        assertTrue(section.reasons().get(0).contains("spin has generated nothing"), section.reasons()::toString);
    }

    @Test
    void withoutTheToolsThereIsASentence() {
        SpinRun.Tools none = new SpinRun.Tools(root.resolve("no-spin").toString(), "gcc");
        assertTrue(assertThrows(CampaignException.class, () -> run(none))
                .getMessage()
                .endsWith("was found, so no model was checked; install Debian's spin and gcc"));
    }

    @Test
    void theHeadOfAModelNamesItsTwins() throws Exception {
        Path file = root.resolve("x.pml");
        String text = "/*\n * About.\n *\n * twin ONE: no fence\n */\n#ifdef ONE\n#endif\n/* twin TWO: not here */\n";
        Files.writeString(file, text);
        assertEquals(Map.of("ONE", "no fence"), SpinModel.of(file).twins());
        Files.writeString(file, text.replace("#ifdef ONE", "#ifdef ONES"));
        assertTrue(assertThrows(CampaignException.class, () -> SpinModel.of(file))
                .getMessage()
                .endsWith("names a twin ONE and does nothing about it"));
    }

    @Test
    void theProjectsModelsHaveTwinsAndAPage() throws IOException, CampaignException {
        Path project =
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
        String page = Files.readString(project.resolve("docs/models.md"));
        List<SpinModel> models = SpinModel.read(project);
        assertEquals(
                List.of("grace-period", "slot", "srcu"),
                models.stream().map(SpinModel::name).toList());
        for (SpinModel model : models) {
            assertTrue(model.twins().size() >= 6, model.name());
            assertTrue(page.contains("`" + model.name() + ".pml`"), model.name());
            for (String line : Files.readAllLines(model.file())) {
                if (line.matches("#if(n?)def .*")) {
                    String name = line.split(" ", 3)[1];
                    assertTrue(
                            model.twins().containsKey(name) || (line.startsWith("#ifndef ") && name.endsWith("S")),
                            name + " of " + model.name() + " is no twin");
                }
            }
        }
    }
}

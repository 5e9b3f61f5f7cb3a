package org.jurcu.stress.campaign.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.MutantOutcome;
import org.jurcu.stress.campaign.model.MutantResult;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.process.JavaCommand;
import org.jurcu.stress.campaign.terminal.PlainProgress;

class MutantRunTest {
    private static final String FILE = "lib/src/main/java/p/Thing.java";

    @TempDir
    private Path root;

    private final List<String> looks = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(root.resolve(FILE).getParent());
        Files.writeString(root.resolve(FILE), "package p;\n\nclass Thing {\n    int x = 1;\n}\n");
    }

    /** Says one thing of the library as it is and another of a mutant. */
    private final class Scripted implements Detector {
        private final String name;
        private final Sighting alone;
        private final Sighting withMutant;
        private final boolean exclusive;
        private String missing = "";

        Scripted(String name, Sighting alone, Sighting withMutant, boolean exclusive) {
            this.name = name;
            this.alone = alone;
            this.withMutant = withMutant;
            this.exclusive = exclusive;
        }

        @Override
        public String kind() {
            return "scripted";
        }

        @Override
        public String label() {
            return "scripted " + name;
        }

        @Override
        public boolean isExclusive() {
            return exclusive;
        }

        @Override
        public String missing(Site site) {
            return missing;
        }

        @Override
        public Sighting look(Site site, Path classes, Path work, Duration limit) {
            looks.add(name + (classes == null ? " alone" : ""));
            if (classes != null) {
                assertTrue(Files.exists(classes.resolve("p/Thing.class")), "the mutant is compiled");
            }
            return classes == null ? alone : withMutant;
        }
    }

    private Scripted scripted(Sighting alone, Sighting withMutant) {
        return new Scripted("it", alone, withMutant, false);
    }

    private static Mutant mutant(String id, String with, Detector detector, boolean hangKills) {
        return new Mutant(id, FILE, "", "int x = 1;", with, "why", detector, hangKills);
    }

    private Section<MutantResult> run(Mutant... mutants) throws Exception {
        Site site = new Site(root, JavaCommand.thisJava(), root);
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new MutantRun(site, root.resolve("out"), Duration.ofSeconds(9), new PlainProgress(nowhere))
                .run(List.of(mutants));
    }

    private MutantOutcome outcome(Mutant mutant) throws Exception {
        Section<MutantResult> section = run(mutant);
        assertEquals(
                section.results().get(0).outcome() == MutantOutcome.KILLED ? Verdict.PASS : Verdict.INCONCLUSIVE,
                section.verdict());
        assertEquals(section.verdict() == Verdict.PASS, section.reasons().isEmpty());
        return section.results().get(0).outcome();
    }

    @Test
    void aMutantThatIsNoticedIsKilled() throws Exception {
        Detector detector = scripted(Sighting.green(), Sighting.red("x is 2"));
        Section<MutantResult> section = run(mutant("a", "int x = 2;", detector, false));
        assertEquals(Verdict.PASS, section.verdict());
        MutantResult result = section.results().get(0);
        assertEquals(MutantOutcome.KILLED, result.outcome());
        assertEquals("x is 2", result.what());
        assertEquals(4, result.line());
        assertEquals(1, section.ran());
    }

    @Test
    void oneThatIsNotHasSurvivedAndThatIsNoPass() throws Exception {
        assertEquals(
                MutantOutcome.SURVIVED,
                outcome(mutant("a", "int x = 2;", scripted(Sighting.green(), Sighting.green()), false)));
    }

    @Test
    void aDetectorThatComplainsAnywayShowsNothing() throws Exception {
        Detector detector = scripted(Sighting.red("always"), Sighting.red("x is 2"));
        assertEquals(MutantOutcome.BLIND, outcome(mutant("a", "int x = 2;", detector, false)));
        detector = scripted(Sighting.broken("no JVM"), Sighting.red("x is 2"));
        assertEquals(MutantOutcome.BLIND, outcome(mutant("a", "int x = 2;", detector, false)));
    }

    @Test
    void aHangKillsOnlyWhereTheLabelSaysSo() throws Exception {
        Detector detector = scripted(Sighting.green(), new Sighting(Sighting.Kind.HUNG, "it did not end"));
        assertEquals(MutantOutcome.UNDECIDED, outcome(mutant("a", "int x = 2;", detector, false)));
        assertEquals(MutantOutcome.KILLED, outcome(mutant("a", "int x = 2;", detector, true)));
    }

    @Test
    void whatSaysNothingDecidesNothing() throws Exception {
        Detector detector = scripted(Sighting.green(), Sighting.broken("no test ran"));
        assertEquals(MutantOutcome.UNDECIDED, outcome(mutant("a", "int x = 2;", detector, true)));
    }

    @Test
    void whatTheCompilerRefusesIsNoKill() throws Exception {
        Detector detector = scripted(Sighting.green(), Sighting.red("never asked"));
        assertEquals(MutantOutcome.NOT_BUILT, outcome(mutant("a", "int x = y;", detector, false)));
        assertEquals(List.of("it alone"), looks);
    }

    @Test
    void nothingChosenIsNoPass() throws Exception {
        assertEquals(Verdict.INCONCLUSIVE, run().verdict());
    }

    @Test
    void aDetectorIsTriedAloneOnceAndWhoeverWantsTheProcessorsComesLast() throws Exception {
        Detector exclusive = new Scripted("big", Sighting.green(), Sighting.red("seen"), true);
        Detector shared = new Scripted("small", Sighting.green(), Sighting.red("seen"), false);
        Section<MutantResult> section = run(
                mutant("a", "int x = 2;", exclusive, false),
                mutant("b", "int x = 3;", shared, false),
                mutant("c", "int x = 4;", shared, false),
                mutant("d", "int x = 5;", exclusive, false));
        assertEquals(Verdict.PASS, section.verdict());
        assertEquals(
                List.of("a", "b", "c", "d"),
                section.results().stream().map(MutantResult::id).toList());
        assertEquals(List.of("big alone", "big", "big"), looks.subList(3, 6));
        assertEquals(1, looks.stream().filter("small alone"::equals).count());
    }

    @Test
    void rotIsFoundBeforeAnythingRuns() {
        Detector detector = scripted(Sighting.green(), Sighting.red("seen"));
        Mutant rotten = new Mutant("z", FILE, "", "int y = 1;", "", "why", detector, false);
        assertTrue(assertThrows(CampaignException.class, () -> run(mutant("a", "int x = 2;", detector, false), rotten))
                .getMessage()
                .startsWith("mutant z has rotted"));
        assertTrue(looks.isEmpty());
    }

    @Test
    void soIsADetectorThatIsNotThere() {
        Scripted detector = scripted(Sighting.green(), Sighting.red("seen"));
        detector.missing = "its test is not compiled; run mvn";
        assertEquals(
                "mutant a cannot be tried: its test is not compiled; run mvn",
                assertThrows(CampaignException.class, () -> run(mutant("a", "int x = 2;", detector, false)))
                        .getMessage());
        assertFalse(looks.contains("it alone"));
    }
}

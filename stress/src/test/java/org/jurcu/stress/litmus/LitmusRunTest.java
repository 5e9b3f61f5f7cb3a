package org.jurcu.stress.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jurcu.stress.campaign.model.LitmusResult;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;

class LitmusRunTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private Section<LitmusResult> run(Duration patience, Pattern... patterns) throws InterruptedException {
        List<Case> cases = new ArrayList<>();
        for (Pattern pattern : patterns) {
            cases.addAll(pattern.cases());
        }
        LineProgress progress = new LineProgress(new PrintStream(said, true, StandardCharsets.UTF_8));
        return new LitmusRun(cases, SHORT, progress, new Crew(2, patience, 7), 7).run();
    }

    @Test
    void whatIsAsItShouldBePasses() throws Exception {
        Section<LitmusResult> section = run(
                PATIENCE, Texts.certain("sometimes r0 = 1", "none"), Texts.certain("never r1 = 3", "rcu srcu qsbr"));
        assertEquals(Verdict.PASS, section.verdict(), section.reasons().toString());
        assertEquals(8, section.expected());
        assertEquals(8, section.ran());
        assertTrue(section.notes().get(0).contains("seed 7"), section.notes().toString());
        assertTrue(said.toString(StandardCharsets.UTF_8).contains("step 8 8"), said.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theForbiddenIsFound() throws Exception {
        Section<LitmusResult> section = run(PATIENCE, Texts.certain("never r0 = 1", "none"));
        assertEquals(Verdict.VIOLATION, section.verdict());
        assertEquals(1, section.reasons().size());
        assertTrue(
                section.reasons().get(0).startsWith("CERTAIN showed r0 = 1"),
                section.reasons().toString());
    }

    @Test
    void aTwinThatEscapesIsGivenMoreTimeAndThenInconclusive() throws Exception {
        Section<LitmusResult> section = run(PATIENCE, Texts.certain("never r1 = 1", "none"));
        assertEquals(Verdict.INCONCLUSIVE, section.verdict());
        assertTrue(
                section.reasons().get(0).startsWith("CERTAIN, writes 3 was not caught in"),
                section.reasons().toString());
        assertTrue(section.results().get(1).runs() > 1, section.results().toString());
    }

    @Test
    void whatIsAllowedAndNotSeenIsInconclusive() throws Exception {
        Section<LitmusResult> section = run(PATIENCE, Texts.certain("sometimes r1 = 3", "none"));
        assertEquals(Verdict.INCONCLUSIVE, section.verdict());
        assertTrue(section.reasons().get(0).startsWith("CERTAIN may show r1 = 3, and did not in"));
    }

    @Test
    void aHangEndsTheRunAndWhatDidNotRunIsSaid() throws Exception {
        Section<LitmusResult> section =
                run(Duration.ofSeconds(2), Texts.hanging("srcu"), Texts.certain("never r1 = 1", "rcu"));
        assertEquals(Verdict.VIOLATION, section.verdict());
        assertTrue(section.ran() < section.expected());
        String reasons = String.join("\n", section.reasons());
        assertTrue(reasons.contains("HANGS/srcu hung: after 2.0 s more than it had, P0 at 'synchronize'"), reasons);
        assertTrue(reasons.contains("CERTAIN/rcu did not run."), reasons);
    }
}

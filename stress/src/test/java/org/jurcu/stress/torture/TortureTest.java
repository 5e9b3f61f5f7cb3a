package org.jurcu.stress.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jurcu.stress.campaign.model.TortureResult;
import org.jurcu.stress.campaign.model.Verdict;

/** Whole tortures, as short as they can be. */
class TortureTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    /** Whatever happened, nobody is left: neither ours nor a domain's. */
    @AfterEach
    void nobodyIsLeft() {
        List<String> left = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("torture-") || name.startsWith("jurcu-"))
                .toList();
        assertEquals(List.of(), left);
    }

    @ParameterizedTest
    @EnumSource
    void aShippedFlavourPasses(Flavour flavour) throws Exception {
        List<TortureResult> results = series(List.of(flavour.word()), SHORT);
        TortureResult result = results.get(0);
        assertEquals(Verdict.PASS, result.verdict(), () -> result.reason() + result.evidence() + result.line());
        assertTrue(result.line().endsWith(" evidence=- verdict=pass"), result.line());
        assertEquals(0, TortureTable.tooOld(result));
    }

    private static List<TortureResult> series(List<String> names, Duration time) throws InterruptedException {
        return new TortureSeries(1, (done, name) -> {}, result -> {}).run(names, time);
    }

    @ParameterizedTest
    @EnumSource
    void aBustedFlavourIsCaughtByItsDetector(Busted busted) throws Exception {
        Outcome outcome = TortureSeries.outcome(busted, 1);
        Judge.Ruling ruling = Judge.busted(busted, outcome);
        assertEquals(Verdict.PASS, ruling.verdict(), () -> ruling.reason() + outcome.line());
        assertTrue(outcome.evidence().count(busted.detector()) > 0);
    }

    /** As if such a domain were shipped: the same faults are violations then. */
    @ParameterizedTest
    @EnumSource(names = {"EARLY_COOKIE", "EARLY_BARRIER"})
    void aShippedFlavourWithAFaultIsAViolation(Busted fault) throws Exception {
        Subject subject = fault.create("faulty", Duration.ofSeconds(3), new StallReports());
        Outcome outcome = new Torture(subject, Plan.whole(SHORT, 1)).run();
        Judge.Ruling ruling = Judge.shipped(outcome);
        assertEquals(Verdict.VIOLATION, ruling.verdict(), outcome.line());
        assertTrue(outcome.evidence().detectors().contains(fault.detector()), outcome.line());
    }

    @Test
    void aHangIsReportedWithWhoHangsWhere() throws Exception {
        Outcome outcome = TortureSeries.outcome(Busted.STUCK_GRACE_PERIOD, 2);
        String said = String.join("\n", outcome.evidence().sentences());
        assertTrue(said.matches("(?s).*\"torture-busted-stuck-grace-period-(fake-)?writer-\\d\" WAITING.*"), said);
        assertTrue(said.contains("Busted$Stuck.awaitRelease"), said);
        assertTrue(said.contains("RcuStats[domain=busted-stuck-grace-period, gracePeriods="), said);
        assertTrue(said.contains("pipeline 0: version "), said);
        assertTrue(said.matches("(?s).*everybody then: .*-reader-1\" .*\"jurcu-busted-stuck-grace-period\".*"), said);
    }

    @Test
    void whatIsLoggedAndWhatIsThrownIsEvidence() throws Exception {
        Subject sound = Flavour.RCU.create("noisy", Duration.ofSeconds(3), new StallReports());
        Subject noisy = new Subject(
                sound.domain(),
                reader -> {
                    sound.domain().call(() -> {
                        throw new IllegalStateException("a callback that throws");
                    });
                    throw new IllegalStateException("a reader that cannot join");
                },
                false,
                false,
                new StallReports());
        Outcome outcome = new Torture(noisy, Plan.busted(SHORT, 1, evidence -> false)).run();
        assertEquals(Verdict.VIOLATION, Judge.shipped(outcome).verdict());
        String said = String.join("\n", outcome.evidence().sentences());
        assertTrue(said.contains("-reader-0\" threw java.lang.IllegalStateException: a reader that cannot join"), said);
        assertTrue(said.contains("error: the library logged: "), said);
        assertTrue(said.contains("error: callbacks threw: "), said);
    }

    /** A subject that did nothing wrong, but of which too little was seen. */
    @Test
    void aRunInWhichNobodyReadIsInconclusive() throws Exception {
        Subject sound = Flavour.RCU.create("unseen", Duration.ofSeconds(3), new StallReports());
        Torture torture = new Torture(sound, Plan.whole(SHORT, 1));
        sound.close();
        Outcome outcome = Outcome.of(torture, Plan.whole(SHORT, 1), new Totals());
        assertEquals(Verdict.INCONCLUSIVE, Judge.shipped(outcome).verdict());
        List<String> missing = outcome.missing();
        for (String what : List.of(
                "sections",
                "unlinked",
                "cookie",
                "nested",
                "swapped",
                "blocked",
                "mail",
                "updates by call",
                "wraps",
                "barriers",
                "stutters",
                "came and went",
                "registrations",
                "died inside",
                "stalls",
                "flood")) {
            assertTrue(missing.stream().anyMatch(sentence -> sentence.contains(what)), what + " in " + missing);
        }
    }
}

package org.jurcu.stress.campaign.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jurcu.stress.campaign.model.LitmusResult;
import org.jurcu.stress.campaign.model.StressResult;
import org.jurcu.stress.campaign.model.TestKind;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.mutants.Sighting.Kind;
import org.jurcu.stress.campaign.process.ChildProcess;

class DetectorTest {
    private static StressResult result(Verdict verdict) {
        return new StressResult(
                "A.Shipped", TestKind.SHIPPED, verdict, "says so", 1, 0, 0, 1, 0, 1, List.of(), List.of());
    }

    @Test
    void aForbiddenOutcomeIsSeenAndATestThatDidNotRunSaysNothing() {
        assertEquals(Sighting.green(), JcstressDetector.sighting(List.of(result(Verdict.PASS))));
        assertEquals(Kind.BROKEN, JcstressDetector.sighting(List.of()).kind());
        assertEquals(
                Kind.BROKEN,
                JcstressDetector.sighting(List.of(result(Verdict.PASS), result(Verdict.INCONCLUSIVE)))
                        .kind());
        assertEquals(
                Sighting.red("A.Shipped says so"),
                JcstressDetector.sighting(List.of(result(Verdict.INCONCLUSIVE), result(Verdict.VIOLATION))));
    }

    private static LitmusResult litmus(Verdict verdict) {
        return new LitmusResult("P", "rcu", "", "never", "x = 1", verdict, "says so", "", 1, 0, 1, 1, Map.of());
    }

    @Test
    void ofLitmusPatternsOneViolationIsEnoughAndNoneSaysNothing() {
        assertEquals(
                Sighting.red("P/rcu says so"),
                LitmusDetector.sighting(List.of(litmus(Verdict.INCONCLUSIVE), litmus(Verdict.VIOLATION))));
        assertEquals(
                Kind.GREEN,
                LitmusDetector.sighting(List.of(litmus(Verdict.PASS))).kind());
        assertEquals(
                Kind.BROKEN,
                LitmusDetector.sighting(List.of(litmus(Verdict.PASS), litmus(Verdict.INCONCLUSIVE)))
                        .kind());
        assertEquals(Kind.BROKEN, LitmusDetector.sighting(List.of()).kind());
    }

    @ParameterizedTest
    @CsvSource({"0,GREEN", "1,RED", "2,BROKEN", "3,BROKEN", "137,BROKEN"})
    void aReplaySpeaksByItsStatus(int status, Kind kind) {
        Sighting sighting = ReplayDetector.sighting(
                new ChildProcess.End(status, false), List.of("trace  verdict", " x.gz  violation: a leak "));
        assertEquals(kind, sighting.kind());
        if (kind == Kind.RED) {
            assertEquals("x.gz  violation: a leak", sighting.what());
        }
    }

    @Test
    void aReplayMayHang() {
        assertEquals(
                Kind.HUNG,
                ReplayDetector.sighting(new ChildProcess.End(0, true), List.of())
                        .kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unit m p.ATest",
                "unit m p.ATest#one -Djurcu.strict=true",
                "model m p.AModelTest",
                "jcstress A\\.Shipped$",
                "litmus ^MP.poll",
                "replay traces/a.gz --layout split"
            })
    void aLabelIsReadAndWrittenAlike(String label) {
        Detector detector = Detector.of(label);
        assertEquals(label, detector.label());
        assertEquals(label.split(" ", 2)[0], detector.kind());
        assertEquals(label.startsWith("jcstress") || label.startsWith("litmus"), detector.isExclusive());
    }
}

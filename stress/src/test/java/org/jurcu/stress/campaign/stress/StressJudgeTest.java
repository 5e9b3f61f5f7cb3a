package org.jurcu.stress.campaign.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.jurcu.stress.campaign.model.StressResult;
import org.jurcu.stress.campaign.model.TestKind;
import org.jurcu.stress.campaign.model.Verdict;

class StressJudgeTest {
    private static final String SHIPPED = "org.x.Dekker.ShippedFence";
    private static final String MODEL = "org.x.Dekker.Model";
    private static final String TWIN = "org.x.Dekker.WeakenedNoFence";

    private static Observation seen(long acceptable, long interesting, long forbidden) {
        Observation o = new Observation();
        o.configuration();
        o.outcome("1, 1", "acceptable", acceptable, "fine");
        o.outcome("0, 0", "interesting", interesting, "reordered");
        o.outcome("2, 2", "forbidden", forbidden, "torn");
        return o;
    }

    private static List<StressResult> judged(Map<String, Observation> seen, String... tests) {
        List<StressResult> results = new ArrayList<>();
        for (String test : tests) {
            results.add(StressJudge.judge(test, seen.get(test), 1));
        }
        return results;
    }

    @Test
    void greenWithTheTwinCaughtIsAPass() {
        List<StressResult> results = judged(
                Map.of(SHIPPED, seen(10, 0, 0), MODEL, seen(10, 0, 0), TWIN, seen(10, 1, 0)), SHIPPED, MODEL, TWIN);
        assertEquals(Verdict.PASS, StressJudge.verdict(results));
        assertEquals(List.of(), StressJudge.reasons(results));
    }

    @Test
    void greenWithTheTwinNotCaughtIsInconclusive() {
        List<StressResult> results =
                judged(Map.of(SHIPPED, seen(10, 0, 0), TWIN, seen(1_000_000, 0, 0)), SHIPPED, TWIN);
        assertEquals(Verdict.INCONCLUSIVE, StressJudge.verdict(results));
        assertEquals(List.of(TWIN + " was not caught in 1000000 samples."), StressJudge.reasons(results));
    }

    @Test
    void aTestThatDidNotRunIsInconclusive() {
        List<StressResult> results = judged(Map.of(TWIN, seen(10, 1, 0)), SHIPPED, TWIN);
        assertEquals(Verdict.INCONCLUSIVE, StressJudge.verdict(results));
        assertEquals(List.of(SHIPPED + " did not run."), StressJudge.reasons(results));
    }

    @Test
    void aTestThatTookNoSampleIsInconclusive() {
        assertEquals(
                Verdict.INCONCLUSIVE,
                StressJudge.judge(SHIPPED, seen(0, 0, 0), 1).verdict());
    }

    @Test
    void aForbiddenOutcomeIsAViolationEvenInATwinAndBesideAMissingTest() {
        assertEquals(
                Verdict.VIOLATION, StressJudge.judge(TWIN, seen(10, 5, 1), 1).verdict());
        List<StressResult> results = judged(Map.of(SHIPPED, seen(10, 0, 1)), SHIPPED, TWIN);
        assertEquals(Verdict.VIOLATION, StressJudge.verdict(results));
        assertTrue(StressJudge.reasons(results).get(0).contains("1 forbidden"));
    }

    @Test
    void anUnforeseenOutcomeIsAViolation() {
        Observation odd = seen(10, 0, 0);
        odd.outcome("7, 7", "unknown", 2, "No default case provided, assume UNKNOWN");
        assertEquals(Verdict.VIOLATION, StressJudge.judge(MODEL, odd, 1).verdict());
    }

    @Test
    void anErrorIsAViolationButCannotCatchATwin() {
        Observation died = new Observation();
        died.error("TIMEOUT_ERROR");
        assertEquals(Verdict.VIOLATION, StressJudge.judge(SHIPPED, died, 1).verdict());
        assertEquals(Verdict.INCONCLUSIVE, StressJudge.judge(TWIN, died, 1).verdict());
    }

    @Test
    void nothingSelectedIsNoPass() {
        assertEquals(Verdict.INCONCLUSIVE, StressJudge.verdict(List.of()));
        assertEquals(1, StressJudge.reasons(List.of()).size());
    }

    @Test
    void aClassWhoseTwinsWereNotSelectedIsInconclusive() {
        List<StressResult> results = judged(
                Map.of(SHIPPED, seen(10, 0, 0), TWIN, seen(10, 1, 0), "org.x.Other.Shipped", seen(10, 0, 0)),
                SHIPPED,
                TWIN,
                "org.x.Other.Shipped");
        assertEquals(Verdict.INCONCLUSIVE, StressJudge.verdict(results));
        assertTrue(StressJudge.reasons(results).get(0).startsWith("No weakened twin of org.x.Other was selected"));
    }

    @Test
    void attemptsAddUp() {
        Observation first = seen(10, 0, 0);
        first.add(seen(5, 2, 0));
        StressResult result = StressJudge.judge(TWIN, first, 2);
        assertEquals(Verdict.PASS, result.verdict());
        assertEquals(17, result.samples());
        assertEquals(2, result.interesting());
        assertEquals(2, result.configurations());
        assertEquals(3, result.outcomes().size());
    }

    @Test
    void theNameTellsTheKind() {
        assertEquals(TestKind.WEAKENED, TestKind.of(TWIN));
        assertEquals(TestKind.WEAKENED, TestKind.of("org.x.Dekker.ModelWeakened"));
        assertEquals(TestKind.MODEL, TestKind.of("org.x.WeakenedThings.ModelOne"));
        assertEquals(TestKind.SHIPPED, TestKind.of(SHIPPED));
    }

    private static Verdict besideATwinOf(long interesting, long others, long samples) {
        Map<String, Observation> seen = Map.of(SHIPPED, seen(samples, 0, 0), TWIN, seen(others, interesting, 0));
        return StressJudge.verdict(StressJudge.judge(List.of(SHIPPED, TWIN), seen, Map.of()));
    }

    @Test
    void aGreenTestNeedsThreeTimesTheSamplesInWhichItsRarestTwinShows() {
        assertEquals(Verdict.PASS, besideATwinOf(1, 999, 3000));
        assertEquals(Verdict.INCONCLUSIVE, besideATwinOf(1, 999, 2999));
        assertEquals(Verdict.PASS, besideATwinOf(10, 990, 300));
    }

    @Test
    void theRarestTwinOfTheClassCounts() {
        String often = "org.x.Dekker.WeakenedOften";
        Map<String, Observation> seen =
                Map.of(SHIPPED, seen(2999, 0, 0), TWIN, seen(999, 1, 0), often, seen(0, 1000, 0));
        assertEquals(
                Verdict.INCONCLUSIVE,
                StressJudge.verdict(StressJudge.judge(List.of(SHIPPED, TWIN, often), seen, Map.of())));
    }

    @Test
    void fewSamplesSayNothingHoweverOftenTheTwinIsMet() {
        assertEquals(Verdict.INCONCLUSIVE, besideATwinOf(10, 0, 99));
        assertEquals(Verdict.PASS, besideATwinOf(10, 0, 100));
    }

    @Test
    void noMoreThanAHundredThousandAreAskedFor() {
        assertEquals(Verdict.PASS, besideATwinOf(1, 10_000_000, 100_000));
        assertEquals(Verdict.INCONCLUSIVE, besideATwinOf(1, 10_000_000, 99_999));
    }

    @Test
    void aTwinThatIsMetAtOnceNeedsNoMore() {
        StressResult twin = StressJudge.judge(List.of(TWIN), Map.of(TWIN, seen(1, 1, 0)), Map.of())
                .get(0);
        assertEquals(Verdict.PASS, twin.verdict());
    }
}

package org.jurcu.stress.campaign.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.jurcu.stress.campaign.model.StressResult;
import org.jurcu.stress.campaign.model.TestKind;
import org.jurcu.stress.campaign.model.Verdict;

class YieldsTest {
    private static StressResult twin(String outer, long interesting, int attempts) {
        return new StressResult(
                "x." + outer + ".WeakenedTwin",
                TestKind.WEAKENED,
                Verdict.PASS,
                "",
                100_000,
                interesting,
                0,
                1,
                0,
                attempts,
                List.of(),
                List.of());
    }

    private static final List<String> TESTS = List.of("x.Often.Shipped", "x.Rare.Shipped");

    @Test
    void whatFindsMostGetsMost() {
        Yields yields = Yields.of(List.of(twin("Often", 10_000, 1), twin("Rare", 10, 1)));
        assertTrue(yields.weight("x.Often", TESTS) > 1);
        assertTrue(yields.weight("x.Rare", TESTS) < 1);
        assertEquals(2, yields.weight("x.Often", TESTS) + yields.weight("x.Rare", TESTS), 1e-9);
    }

    @Test
    void noClassIsStarvedAndNoneTakesAll() {
        Yields yields = Yields.of(List.of(twin("Often", 1_000_000_000, 1), twin("Rare", 0, 4)));
        assertTrue(yields.weight("x.Rare", TESTS) >= yields.weight("x.Often", TESTS) / 8);
    }

    @Test
    void theRarestTwinSpeaksForItsClass() {
        Yields yields = Yields.of(List.of(twin("Often", 5_000, 1), twin("Rare", 10, 1), twin("Rare", 1_000_000, 1)));
        assertTrue(yields.weight("x.Often", TESTS) > yields.weight("x.Rare", TESTS));
    }

    @Test
    void whatWasFoundInALongerAttemptIsNotAsMuch() {
        Yields yields = Yields.of(List.of(twin("Often", 100, 1), twin("Rare", 100, 4)));
        assertTrue(yields.weight("x.Often", TESTS) > yields.weight("x.Rare", TESTS));
    }

    @Test
    void nothingKnownIsTheSameForAll() {
        assertEquals(1, Yields.EQUAL.weight("x.Often", TESTS));
        assertEquals(1, Yields.of(List.of()).weight("x.Rare", TESTS));
    }
}

package org.jurcu.stress.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jurcu.stress.campaign.model.Verdict;

class JudgeTest {
    private final Evidence evidence = new Evidence();
    private Element element;

    @BeforeEach
    void makeElement() {
        try (Subject subject = Flavour.RCU.create("judged", java.time.Duration.ofSeconds(3), new StallReports())) {
            element = new Pipeline(0, 2, subject.updates(), evidence).find();
        }
    }

    private Outcome outcome(String... missing) {
        return new Outcome(evidence, List.of(missing), 1, List.of(), Map.of());
    }

    private void age(int reader, Update way, int swaps) {
        evidence.aged(reader, 2, way, swaps, element);
    }

    private void assertBusted(Verdict expected, Busted busted) {
        Judge.Ruling ruling = Judge.busted(busted, outcome());
        assertEquals(expected, ruling.verdict(), ruling.reason());
        assertEquals(expected == Verdict.PASS, ruling.reason().isEmpty());
    }

    @Test
    void aShippedFlavourPassesIfAllWasSeenAndNothingFound() {
        assertEquals(Verdict.PASS, Judge.shipped(outcome()).verdict());
        assertEquals("", Judge.shipped(outcome()).reason());
    }

    @ParameterizedTest
    @EnumSource
    void anyEvidenceAgainstAShippedFlavourIsAViolation(Detector detector) {
        evidence.add(detector, "something");
        Judge.Ruling ruling = Judge.shipped(outcome("little was seen"));
        assertEquals(Verdict.VIOLATION, ruling.verdict());
        assertEquals(detector.word() + ": something", ruling.reason());
    }

    @Test
    void aShippedFlavourThatWasNotSeenIsInconclusive() {
        Judge.Ruling ruling = Judge.shipped(outcome("there were 0 floods", "and 0 stalls"));
        assertEquals(Verdict.INCONCLUSIVE, ruling.verdict());
        assertEquals("there were 0 floods", ruling.reason());
    }

    @ParameterizedTest
    @EnumSource
    void aBustedFlavourThatEscapesIsInconclusive(Busted busted) {
        assertBusted(Verdict.INCONCLUSIVE, busted);
        assertTrue(Judge.busted(busted, outcome()).reason().contains(busted.meant()));
    }

    /** Where the count alone decides, any will do; an age has to come from where the fault is. */
    @ParameterizedTest
    @EnumSource
    void aBustedFlavourIsCaughtOnItsGrounds(Busted busted) {
        switch (busted) {
            case NO_GRACE_PERIOD -> age(0, Update.SYNCHRONIZE, 0);
            case HALF_OF_THE_READERS -> age(1, Update.TIMED, 0);
            case CALLBACK_AT_ONCE -> age(0, Update.CALL, 0);
            case EARLY_EXPEDITED -> age(0, Update.EXPEDITED, 0);
            case SPLIT_SECTION, SWAPPED_SRCU -> age(0, Update.CALL, 1);
            default -> evidence.add(busted.detector(), "caught");
        }
        assertBusted(Verdict.PASS, busted);
    }

    @Test
    void anAgeFromElsewhereIsNoCatch() {
        age(0, Update.TIMED, 0);
        age(1, Update.TIMED, 1);
        for (Busted busted : List.of(
                Busted.NO_GRACE_PERIOD,
                Busted.HALF_OF_THE_READERS,
                Busted.CALLBACK_AT_ONCE,
                Busted.EARLY_EXPEDITED,
                Busted.SPLIT_SECTION,
                Busted.SWAPPED_SRCU,
                Busted.EARLY_COOKIE)) {
            assertBusted(Verdict.INCONCLUSIVE, busted);
        }
    }

    @Test
    void anAgeFromThereAndFromElsewhereIsNoCatchEither() {
        age(0, Update.CALL, 0);
        age(0, Update.TIMED, 0);
        assertBusted(Verdict.INCONCLUSIVE, Busted.CALLBACK_AT_ONCE);
    }

    /** The right ground does not help when others fire that have no business there. */
    @ParameterizedTest
    @EnumSource
    void aStrangerSpoilsTheCatch(Busted busted) {
        aBustedFlavourIsCaughtOnItsGrounds(busted);
        evidence.add(Detector.ERROR, "an exception");
        assertBusted(Verdict.INCONCLUSIVE, busted);
        assertTrue(Judge.busted(busted, outcome()).reason().contains("error"));
    }

    @Test
    void evidenceKeepsTheFirstSentencesAndCountsAll() {
        assertEquals("-", evidence.summary());
        assertFalse(evidence.any());
        for (int i = 0; i < 1000; i++) {
            evidence.add(Detector.COOKIE, "number " + i);
        }
        evidence.add(Detector.AGE, "one");
        assertEquals("age:1,cookie:1000", evidence.summary());
        assertEquals(7, evidence.sentences().size());
        assertEquals("cookie: number 0", evidence.sentences().get(1));
    }
}

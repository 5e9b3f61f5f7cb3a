package org.jurcu.stress.litmus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.jurcu.stress.campaign.model.LitmusResult;
import org.jurcu.stress.campaign.model.Verdict;

class JudgeTest {
    private static final String X86 = "amd64";
    private static final String ARM = "aarch64";

    private final Pattern never = Texts.certain("never r0 = 1", "rcu");
    private final Pattern sometimes = Texts.certain("sometimes r0 = 1", "none");

    private static Tally tally(long samples, long wanted) {
        return new Tally(samples, wanted, Map.of("r0=0", samples), 2, null);
    }

    private static LitmusResult judge(Case tested, Tally tally) {
        return Judge.judge(tested, tally, 1, X86);
    }

    private static Case of(Pattern pattern) {
        return pattern.cases().get(0);
    }

    private static Case twinOf(Pattern pattern) {
        return pattern.cases().get(1);
    }

    @Test
    void whatMustNeverBeSeenIsAViolation() {
        LitmusResult result = judge(of(never), tally(1_000_000, 2));
        assertEquals(Verdict.VIOLATION, result.verdict());
        assertEquals("showed r0 = 1 2 times", result.reason());
        assertEquals(500_000, result.rate());
        assertEquals("CERTAIN/rcu", result.name());
    }

    @Test
    void whatWasNotSeenNeedsSamples() {
        assertEquals(Verdict.PASS, judge(of(never), tally(Judge.FEWEST, 0)).verdict());
        assertEquals(
                Verdict.INCONCLUSIVE,
                judge(of(never), tally(Judge.FEWEST - 1, 0)).verdict());
        assertEquals("did not run", judge(of(never), Tally.NOTHING).reason());
        assertEquals(Verdict.INCONCLUSIVE, judge(of(never), Tally.NOTHING).verdict());
    }

    @Test
    void aTwinHasToBeCaught() {
        assertEquals(Verdict.PASS, judge(twinOf(never), tally(64, 1)).verdict());
        LitmusResult escaped = judge(twinOf(never), tally(1_000_000, 0));
        assertEquals(Verdict.INCONCLUSIVE, escaped.verdict());
        assertEquals("was not caught in 1000000 samples", escaped.reason());
    }

    @Test
    void whatIsAllowedHasToBeSeen() {
        assertEquals(Verdict.PASS, judge(of(sometimes), tally(64, 1)).verdict());
        assertEquals(
                Verdict.INCONCLUSIVE, judge(of(sometimes), tally(1_000_000, 0)).verdict());
    }

    @Test
    void whatThisMachineCannotShowNeedsNotBeSeen() {
        Pattern unseen = PatternText.parse(sometimes.text() + "\nunseen on x86: it keeps that order\n");
        LitmusResult here = Judge.judge(of(unseen), tally(64, 0), 1, X86);
        assertEquals(Verdict.PASS, here.verdict());
        assertEquals("cannot be seen on amd64: it keeps that order", here.note());
        assertEquals(
                Verdict.INCONCLUSIVE,
                Judge.judge(of(unseen), tally(64, 0), 1, ARM).verdict());
        assertEquals("", Judge.judge(of(unseen), tally(64, 3), 1, X86).note());
    }

    @Test
    void aFailureOfTheLibraryIsAViolationAndOneOfAFrozenDomainIsNot() {
        Tally failed = new Tally(64, 1, Map.of(), 1, "hung");
        assertEquals(Verdict.VIOLATION, judge(of(never), failed).verdict());
        assertEquals(Verdict.VIOLATION, judge(twinOf(never), failed).verdict());
        assertEquals("hung", judge(twinOf(never), failed).reason());
        assertEquals(
                Verdict.INCONCLUSIVE,
                judge(Case.frozen(never, Flavour.RCU, "no fence A"), failed).verdict());
    }

    @Test
    void noPassWithoutATwin() {
        LitmusResult alone = judge(of(never), tally(1_000_000, 0));
        LitmusResult twin = judge(twinOf(never), tally(64, 1));
        assertEquals(Verdict.INCONCLUSIVE, Judge.verdict(List.of(alone)));
        assertTrue(Judge.reasons(List.of(alone)).get(0).contains("No twin of CERTAIN/rcu was run"));
        assertEquals(Verdict.PASS, Judge.verdict(List.of(alone, twin)));
        assertEquals(List.of(), Judge.reasons(List.of(alone, twin)));
        assertEquals(Verdict.PASS, Judge.verdict(List.of(judge(of(sometimes), tally(64, 1)))));
    }

    @Test
    void theWorstVerdictCountsAndEachHasItsSentence() {
        LitmusResult twin = judge(twinOf(never), tally(64, 0));
        LitmusResult bad = judge(of(never), tally(64, 64));
        assertEquals(Verdict.INCONCLUSIVE, Judge.verdict(List.of(judge(of(never), tally(5_000, 0)), twin)));
        assertEquals(Verdict.VIOLATION, Judge.verdict(List.of(bad, twin)));
        assertEquals(
                List.of("CERTAIN/rcu showed r0 = 1 64 times.", "CERTAIN/rcu, writes 3 was not caught in 64 samples."),
                Judge.reasons(List.of(bad, twin)));
        assertEquals(Verdict.INCONCLUSIVE, Judge.verdict(List.of()));
        assertEquals(1, Judge.reasons(List.of()).size());
    }
}

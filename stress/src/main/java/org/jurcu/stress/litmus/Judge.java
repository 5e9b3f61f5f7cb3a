package org.jurcu.stress.litmus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jurcu.stress.campaign.model.LitmusResult;
import org.jurcu.stress.campaign.model.Verdict;

/**
 * Turns counts into verdicts.
 *
 * <p>What must never be seen, and was, is a violation. What was not seen counts only if enough samples were taken and a twin
 * of it was caught in the same run. What may be seen, and was not, is inconclusive, unless this machine cannot show it.
 */
final class Judge {
    /** Fewer say nothing. */
    static final long FEWEST = 1_000;

    private Judge() {}

    /** Judges one case on a machine of {@code arch}. */
    static LitmusResult judge(Case tested, Tally tally, int runs, String arch) {
        Pattern pattern = tested.pattern();
        Verdict verdict = Verdict.PASS;
        String reason = "";
        String note = "";
        if (tally.failure() != null) {
            verdict = tested.frozen() == null ? Verdict.VIOLATION : Verdict.INCONCLUSIVE;
            reason = tally.failure();
        } else if (tally.samples() == 0) {
            verdict = Verdict.INCONCLUSIVE;
            reason = "did not run";
        } else if (tested.isTwin()) {
            if (tally.wanted() == 0) {
                verdict = Verdict.INCONCLUSIVE;
                reason = "was not caught in " + tally.samples() + " samples";
            }
        } else if (pattern.expectation() == Expectation.SOMETIMES) {
            if (tally.wanted() == 0 && pattern.canBeSeenOn(arch)) {
                verdict = Verdict.INCONCLUSIVE;
                reason = "may show " + pattern.condition() + ", and did not in " + tally.samples() + " samples";
            } else if (tally.wanted() == 0) {
                note = "cannot be seen on " + arch + ": " + pattern.unseen();
            }
        } else if (tally.wanted() > 0) {
            verdict = Verdict.VIOLATION;
            reason = "showed " + pattern.condition() + " " + tally.wanted() + " times";
        } else if (tally.samples() < FEWEST) {
            verdict = Verdict.INCONCLUSIVE;
            reason = "took " + tally.samples() + " samples only";
        }
        return new LitmusResult(
                pattern.name(),
                tested.flavour() == Flavour.NONE ? "" : tested.flavour().label(),
                tested.weakening(),
                pattern.expectation().word(),
                pattern.condition().toString(),
                verdict,
                reason,
                note,
                tally.samples(),
                tally.wanted(),
                runs,
                tally.seconds(),
                tally.outcomes());
    }

    /** Returns the sentences that keep these results from being a pass. */
    static List<String> reasons(List<LitmusResult> results) {
        List<String> reasons = new ArrayList<>();
        if (results.isEmpty()) {
            reasons.add("No litmus pattern was selected, so nothing was tested.");
        }
        for (LitmusResult r : results) {
            if (r.verdict() != Verdict.PASS) {
                reasons.add(r.name() + " " + r.reason() + ".");
            }
        }
        for (String subject : withoutTwin(results)) {
            reasons.add("No twin of " + subject + " was run, so nothing shows that a fault would have been seen.");
        }
        return reasons;
    }

    /** Returns the verdict over all results. */
    static Verdict verdict(List<LitmusResult> results) {
        List<Verdict> verdicts = new ArrayList<>();
        results.forEach(r -> verdicts.add(r.verdict()));
        withoutTwin(results).forEach(subject -> verdicts.add(Verdict.INCONCLUSIVE));
        return Verdict.over(verdicts);
    }

    /** Of what must never be seen, whatever has no twin here. */
    private static List<String> withoutTwin(List<LitmusResult> results) {
        Map<String, Boolean> twins = new LinkedHashMap<>();
        for (LitmusResult r : results) {
            if (r.expectation().equals(Expectation.NEVER.word())) {
                String subject = r.pattern() + (r.flavour().isEmpty() ? "" : "/" + r.flavour());
                twins.merge(subject, !r.weakening().isEmpty(), Boolean::logicalOr);
            }
        }
        return twins.entrySet().stream()
                .filter(twin -> !twin.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }
}

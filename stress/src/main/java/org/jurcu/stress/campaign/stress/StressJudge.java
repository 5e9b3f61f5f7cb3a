package org.jurcu.stress.campaign.stress;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jurcu.stress.campaign.model.StressResult;
import org.jurcu.stress.campaign.model.TestKind;
import org.jurcu.stress.campaign.model.Verdict;

/**
 * Turns what was seen into verdicts.
 *
 * <p>A forbidden or unforeseen outcome is a violation wherever it is seen. A green test counts only if it ran, took
 * samples, and if a weakened twin beside it was caught: otherwise this run could not have seen the fault either.
 */
final class StressJudge {
    /** Fewer say nothing, however often the twins are met. */
    private static final long FEWEST_SAMPLES = 100;

    /** A twin that is rarer was raced on a busy machine, or is much faster than what it stands beside. */
    private static final long MOST_NEEDED = 100_000;

    /** The chance to miss something in n samples that shows in one of n/3 is e to the -3, 5 %. */
    private static final double OF_ONE_SHOWN = 3;

    private StressJudge() {}

    private static String outer(String test) {
        return test.substring(0, test.lastIndexOf('.'));
    }

    /** Judges one test; {@code seen} is null if it did not run. */
    static StressResult judge(String test, Observation seen, int attempts) {
        TestKind kind = TestKind.of(test);
        if (seen == null || seen.configurations() == 0) {
            return result(test, kind, Verdict.INCONCLUSIVE, "did not run", new Observation(), attempts);
        }
        long forbidden = forbidden(seen);
        if (forbidden > 0) {
            return result(test, kind, Verdict.VIOLATION, "showed " + forbidden + " forbidden outcomes", seen, attempts);
        }
        if (seen.errors() > 0 && kind != TestKind.WEAKENED) {
            return result(test, kind, Verdict.VIOLATION, "ended with an error" + firstMessage(seen), seen, attempts);
        }
        if (kind == TestKind.WEAKENED && seen.count(Expectation.INTERESTING) == 0) {
            return result(
                    test,
                    kind,
                    Verdict.INCONCLUSIVE,
                    seen.errors() > 0
                            ? "was not caught and ended with an error" + firstMessage(seen)
                            : "was not caught in " + seen.samples() + " samples",
                    seen,
                    attempts);
        }
        if (seen.samples() == 0) {
            return result(test, kind, Verdict.INCONCLUSIVE, "took no sample", seen, attempts);
        }
        return result(test, kind, Verdict.PASS, "", seen, attempts);
    }

    /**
     * Judges all of {@code tests}, each beside the twins of its class. A green test must have taken so many samples that a
     * fault as rare as the rarest of these twins would have shown: three times as many as it takes one to show on
     * average, which misses one fault in twenty.
     */
    static List<StressResult> judge(List<String> tests, Map<String, Observation> seen, Map<String, Integer> attempts) {
        List<StressResult> alone = tests.stream()
                .map(test -> judge(test, seen.get(test), attempts.getOrDefault(test, 0)))
                .toList();
        Map<String, Double> rarest = new TreeMap<>();
        for (StressResult r : alone) {
            if (r.kind() == TestKind.WEAKENED && r.interesting() > 0) {
                rarest.merge(outer(r.test()), (double) r.interesting() / r.samples(), Math::min);
            }
        }
        return alone.stream()
                .map(r -> enough(r, rarest.getOrDefault(outer(r.test()), 1.0)))
                .toList();
    }

    private static StressResult enough(StressResult r, double rate) {
        long needed = Math.min(MOST_NEEDED, Math.max(FEWEST_SAMPLES, (long) Math.ceil(OF_ONE_SHOWN / rate)));
        if (r.kind() == TestKind.WEAKENED || r.verdict() != Verdict.PASS || r.samples() >= needed) {
            return r;
        }
        return r.inconclusive("took " + r.samples() + " samples where " + needed
                + " are needed to see a fault as rare as its rarest twin");
    }

    /** Returns the sentences that keep these results from being a pass, however green they look. */
    static List<String> reasons(List<StressResult> results) {
        List<String> reasons = new ArrayList<>();
        if (results.isEmpty()) {
            reasons.add("No stress test was selected, so nothing was tested.");
        }
        for (StressResult r : results) {
            if (r.verdict() != Verdict.PASS) {
                reasons.add(r.test() + " " + r.reason() + ".");
            }
        }
        classesWithoutTwin(results)
                .forEach(c -> reasons.add("No weakened twin of " + c
                        + " was selected, so nothing shows that its tests could have caught a fault."));
        return reasons;
    }

    /** Returns the verdict over all results. */
    static Verdict verdict(List<StressResult> results) {
        List<Verdict> verdicts = new ArrayList<>();
        results.forEach(r -> verdicts.add(r.verdict()));
        classesWithoutTwin(results).forEach(c -> verdicts.add(Verdict.INCONCLUSIVE));
        return Verdict.over(verdicts);
    }

    private static Set<String> classesWithoutTwin(List<StressResult> results) {
        Map<String, Boolean> twins = new TreeMap<>();
        for (StressResult r : results) {
            twins.merge(outer(r.test()), r.kind() == TestKind.WEAKENED, Boolean::logicalOr);
        }
        Set<String> without = new LinkedHashSet<>();
        twins.forEach((outer, has) -> {
            if (!has) {
                without.add(outer);
            }
        });
        return without;
    }

    private static long forbidden(Observation seen) {
        return seen.count(Expectation.FORBIDDEN) + seen.count(Expectation.UNKNOWN);
    }

    private static String firstMessage(Observation seen) {
        return seen.messages().isEmpty() ? "" : ": " + seen.messages().get(0);
    }

    private static StressResult result(
            String test, TestKind kind, Verdict verdict, String reason, Observation seen, int attempts) {
        return new StressResult(
                test,
                kind,
                verdict,
                reason,
                seen.samples(),
                seen.count(Expectation.INTERESTING),
                forbidden(seen),
                seen.configurations(),
                seen.errors(),
                attempts,
                seen.outcomes(),
                seen.messages());
    }
}

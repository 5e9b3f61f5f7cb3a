package org.jurcu.stress.campaign.model;

import java.util.List;

/**
 * What jcstress saw of one test, over all its configurations and attempts.
 *
 * @param test full name
 * @param kind what the test is for
 * @param verdict of this test alone
 * @param reason why it is not a pass, or an empty string
 * @param samples how many outcomes were taken
 * @param interesting how many of them are those that a weakened twin must show
 * @param forbidden how many of them must not happen
 * @param configurations JVM and compiler configurations in which it ran
 * @param errors configurations that ended with an error in place of a count
 * @param attempts runs of jcstress that held this test
 * @param outcomes each with its meaning: the test's hypotheses
 * @param messages what jcstress has to say about errors and forbidden outcomes
 */
public record StressResult(
        String test,
        TestKind kind,
        Verdict verdict,
        String reason,
        long samples,
        long interesting,
        long forbidden,
        int configurations,
        int errors,
        int attempts,
        List<StressOutcome> outcomes,
        List<String> messages) {
    /** Copies the lists. */
    public StressResult {
        outcomes = List.copyOf(outcomes);
        messages = List.copyOf(messages);
    }

    /** Returns the same, but not good enough. */
    public StressResult inconclusive(String why) {
        return new StressResult(
                test,
                kind,
                Verdict.INCONCLUSIVE,
                why,
                samples,
                interesting,
                forbidden,
                configurations,
                errors,
                attempts,
                outcomes,
                messages);
    }
}

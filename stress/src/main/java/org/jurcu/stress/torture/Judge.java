package org.jurcu.stress.torture;

import java.util.Set;
import java.util.stream.Collectors;
import org.jurcu.stress.campaign.model.Verdict;

/** The rules of the verdict: kernel-semantics by the letter for what is shipped, and the other way round for what is busted. */
final class Judge {
    /** A verdict and, unless it is a pass, its reason in a sentence. */
    record Ruling(Verdict verdict, String reason) {}

    private static final Ruling PASS = new Ruling(Verdict.PASS, "");

    private Judge() {}

    /** Any evidence is a violation. Without any it is a pass only if the run has looked everywhere. */
    static Ruling shipped(Outcome outcome) {
        if (outcome.evidence().any()) {
            return new Ruling(Verdict.VIOLATION, outcome.evidence().sentences().get(0));
        }
        if (!outcome.missing().isEmpty()) {
            return new Ruling(Verdict.INCONCLUSIVE, outcome.missing().get(0));
        }
        return PASS;
    }

    /** It has to be caught, by the detector for its fault; one that escapes makes everybody else's pass worthless. */
    static Ruling busted(Busted busted, Outcome outcome) {
        Set<Detector> strangers = busted.strangers(outcome.evidence());
        if (!strangers.isEmpty()) {
            return new Ruling(
                    Verdict.INCONCLUSIVE,
                    "it was caught by " + words(strangers) + ", which is not what it is busted for: "
                            + outcome.evidence().sentences());
        }
        if (!busted.caughtBy(outcome.evidence())) {
            return new Ruling(
                    Verdict.INCONCLUSIVE,
                    "it was not caught by " + busted.detector().word() + " (" + busted.meant() + "); seen was "
                            + outcome.evidence().summary());
        }
        return PASS;
    }

    private static String words(Set<Detector> detectors) {
        return detectors.stream().map(Detector::word).collect(Collectors.joining(" and "));
    }
}

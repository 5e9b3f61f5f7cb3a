package org.jurcu.stress.campaign.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was seen of one litmus pattern in one flavour, or of one of its twins.
 *
 * @param pattern name of the pattern
 * @param flavour of the readers; empty where there are none
 * @param weakening what is taken away; empty for the pattern itself
 * @param expectation {@code never} or {@code sometimes}, of the pattern; a twin has to show what the pattern must not
 * @param condition the outcome that this is about
 * @param verdict of this case alone
 * @param reason why it is not a pass, or an empty string
 * @param note what else to know, or an empty string
 * @param samples how many instances were run
 * @param seen how many of them had that outcome
 * @param runs how many times it was tried
 * @param seconds how long that took
 * @param outcomes how often each outcome was seen
 */
public record LitmusResult(
        String pattern,
        String flavour,
        String weakening,
        String expectation,
        String condition,
        Verdict verdict,
        String reason,
        String note,
        long samples,
        long seen,
        int runs,
        double seconds,
        Map<String, Long> outcomes) {
    /** Copies the outcomes, in their order. */
    public LitmusResult {
        outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
    }

    /** Returns pattern, flavour and what is taken away. */
    public String name() {
        return pattern + (flavour.isEmpty() ? "" : "/" + flavour) + (weakening.isEmpty() ? "" : ", " + weakening);
    }

    /** Returns how many samples were taken in a second. */
    public double rate() {
        return seconds == 0 ? 0 : samples / seconds;
    }
}

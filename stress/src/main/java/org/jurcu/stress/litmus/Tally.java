package org.jurcu.stress.litmus;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was seen of one case so far.
 *
 * @param samples how many instances
 * @param wanted how many of them had the outcome that the condition is about
 * @param outcomes how often each was seen, in words
 * @param seconds how long it took
 * @param failure why it broke off; null if it did not
 */
record Tally(long samples, long wanted, Map<String, Long> outcomes, double seconds, String failure) {
    static final Tally NOTHING = new Tally(0, 0, Map.of(), 0, null);

    Tally(Program program, long samples, long wanted, long[] counts, double seconds, String failure) {
        this(samples, wanted, inWords(program, counts), seconds, failure);
    }

    Tally {
        outcomes = new LinkedHashMap<>(outcomes);
    }

    private static Map<String, Long> inWords(Program program, long[] counts) {
        Map<String, Long> words = new TreeMap<>();
        for (int outcome = 0; outcome < counts.length; outcome++) {
            if (counts[outcome] > 0) {
                words.put(program.describe(outcome), counts[outcome]);
            }
        }
        return words;
    }

    Tally plus(Tally other) {
        Map<String, Long> sum = new TreeMap<>(outcomes);
        other.outcomes.forEach((outcome, count) -> sum.merge(outcome, count, Long::sum));
        return new Tally(
                samples + other.samples,
                wanted + other.wanted,
                sum,
                seconds + other.seconds,
                failure != null ? failure : other.failure);
    }
}

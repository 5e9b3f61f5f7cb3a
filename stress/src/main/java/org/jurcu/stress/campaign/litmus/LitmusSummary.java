package org.jurcu.stress.campaign.litmus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jurcu.stress.campaign.model.LitmusResult;
import org.jurcu.stress.campaign.model.Verdict;

/**
 * One pattern over all its flavours, or one of its twins.
 *
 * @param pattern name
 * @param weakening what is taken away; empty for the pattern itself
 * @param results one a flavour
 */
public record LitmusSummary(String pattern, String weakening, List<LitmusResult> results) {
    /** Puts together what belongs together, in the order in which it comes. */
    public static List<LitmusSummary> of(List<LitmusResult> results) {
        Map<List<String>, List<LitmusResult>> groups = new LinkedHashMap<>();
        for (LitmusResult r : results) {
            groups.computeIfAbsent(List.of(r.pattern(), r.weakening()), key -> new ArrayList<>())
                    .add(r);
        }
        List<LitmusSummary> summaries = new ArrayList<>();
        groups.forEach((key, group) -> summaries.add(new LitmusSummary(key.get(0), key.get(1), List.copyOf(group))));
        return summaries;
    }

    /** Returns {@code never} or {@code sometimes}, and {@code must} for a twin. */
    public String expectation() {
        return weakening.isEmpty() ? results.get(0).expectation() : "must";
    }

    /** Returns the outcome that this is about. */
    public String condition() {
        return results.get(0).condition();
    }

    /** Returns how many samples were taken. */
    public long samples() {
        return results.stream().mapToLong(LitmusResult::samples).sum();
    }

    /** Returns how many of them had the outcome in question. */
    public long seen() {
        return results.stream().mapToLong(LitmusResult::seen).sum();
    }

    /** Returns how many samples were taken in a second. */
    public double rate() {
        double seconds = results.stream().mapToDouble(LitmusResult::seconds).sum();
        return seconds == 0 ? 0 : samples() / seconds;
    }

    /** Returns the verdict over all flavours. */
    public Verdict verdict() {
        return Verdict.over(results.stream().map(LitmusResult::verdict).toList());
    }

    /** Returns how often each outcome was seen. */
    public Map<String, Long> outcomes() {
        Map<String, Long> sum = new TreeMap<>();
        results.forEach(r -> r.outcomes().forEach((outcome, count) -> sum.merge(outcome, count, Long::sum)));
        return sum;
    }
}

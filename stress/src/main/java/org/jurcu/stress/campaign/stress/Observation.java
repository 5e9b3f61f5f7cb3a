package org.jurcu.stress.campaign.stress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jurcu.stress.campaign.model.StressOutcome;

/** What was seen of one test so far, added up over configurations and attempts. */
final class Observation {
    private final Map<String, StressOutcome> outcomes = new LinkedHashMap<>();
    private final List<String> messages = new ArrayList<>();
    private int configurations;
    private int errors;

    /** Adds an outcome's count; the same result with the same meaning is one outcome. */
    void outcome(String id, String expect, long count, String description) {
        StressOutcome added = new StressOutcome(id, expect, count, description);
        outcomes.merge(
                id + '\0' + expect,
                added,
                (a, b) -> new StressOutcome(a.id(), a.expect(), a.count() + b.count(), a.description()));
    }

    /** Adds a configuration that ended with counts. */
    void configuration() {
        configurations++;
    }

    /** Adds a configuration that ended with an error. */
    void error(String message) {
        configurations++;
        errors++;
        message(message);
    }

    void message(String message) {
        if (!messages.contains(message)) {
            messages.add(message);
        }
    }

    /** Adds all that another attempt saw. */
    void add(Observation other) {
        other.outcomes.values().forEach(o -> outcome(o.id(), o.expect(), o.count(), o.description()));
        other.messages.forEach(this::message);
        configurations += other.configurations;
        errors += other.errors;
    }

    List<StressOutcome> outcomes() {
        return List.copyOf(outcomes.values());
    }

    List<String> messages() {
        return List.copyOf(messages);
    }

    int configurations() {
        return configurations;
    }

    int errors() {
        return errors;
    }

    long samples() {
        return outcomes.values().stream().mapToLong(StressOutcome::count).sum();
    }

    /** Returns how many samples had an outcome that was expected to be {@code expect}. */
    long count(String expect) {
        return outcomes.values().stream()
                .filter(o -> o.expect().equals(expect))
                .mapToLong(StressOutcome::count)
                .sum();
    }
}

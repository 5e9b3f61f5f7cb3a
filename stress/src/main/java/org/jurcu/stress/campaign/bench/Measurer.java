package org.jurcu.stress.campaign.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jurcu.stress.campaign.model.BenchmarkResult;

/** A program beside JMH that measures something: what came of it. */
abstract class Measurer {
    final List<BenchmarkResult> results = new ArrayList<>();
    final List<String> reasons = new ArrayList<>();
    final Set<String> notes = new LinkedHashSet<>();
    final List<String> commands = new ArrayList<>();
    int expected;

    /** Returns the figures, in the order in which they were measured. */
    final List<BenchmarkResult> results() {
        return List.copyOf(results);
    }

    /** Returns how many figures there should be. */
    final int expected() {
        return expected;
    }

    /** Returns why this is no pass, in sentences. */
    final List<String> reasons() {
        return List.copyOf(reasons);
    }

    /** Returns what was skipped and why, and what else to know, in sentences. */
    final List<String> notes() {
        return List.copyOf(notes);
    }

    /** Returns the command lines of what was started. */
    final List<String> commands() {
        return List.copyOf(commands);
    }
}

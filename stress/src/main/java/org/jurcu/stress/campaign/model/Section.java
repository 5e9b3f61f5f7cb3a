package org.jurcu.stress.campaign.model;

import java.util.List;

/**
 * One part of a campaign: replay, stress or bench.
 *
 * @param verdict over the whole part
 * @param reasons why it is not a pass, and what else a reader must know, in sentences
 * @param expected how many results there should be
 * @param seconds how long it took
 * @param commands command lines of the processes that were started
 * @param results what was found, one each
 */
public record Section<T>(
        Verdict verdict, List<String> reasons, int expected, double seconds, List<String> commands, List<T> results) {
    /** Copies the lists. */
    public Section {
        reasons = List.copyOf(reasons);
        commands = List.copyOf(commands);
        results = List.copyOf(results);
    }
}

package org.jurcu.stress.campaign.model;

import java.util.List;

/**
 * What the torture of one flavour showed.
 *
 * @param flavour its name
 * @param busted whether it is one that must fail
 * @param verdict a busted flavour passes when it was caught by the detector that is there for its fault
 * @param reason why it is not a pass, or an empty string
 * @param description what the flavour is, or what is wrong with it
 * @param detector the one that has to catch it; an empty string for a flavour that is shipped
 * @param seconds how long it took
 * @param sections that readers went through
 * @param ages sections by the age of their element at their end: beyond 1 it was destroyed in a reader's hands
 * @param line the summary line, as docs/torture.md explains it
 * @param evidence what was seen that must not happen, in sentences
 */
public record TortureResult(
        String flavour,
        boolean busted,
        Verdict verdict,
        String reason,
        String description,
        String detector,
        double seconds,
        long sections,
        List<Long> ages,
        String line,
        List<String> evidence) {
    /** Copies the lists. */
    public TortureResult {
        ages = List.copyOf(ages);
        evidence = List.copyOf(evidence);
    }
}

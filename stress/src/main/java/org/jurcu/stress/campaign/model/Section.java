package org.jurcu.stress.campaign.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What a part of a campaign found: replay, stress, bench or another.
 *
 * @param verdict over the whole part
 * @param reasons why it is not a pass, in sentences
 * @param notes what else a reader must know, in sentences
 * @param expected how many recordings, tests or measurements there should be
 * @param ran how many of them there were
 * @param seconds how long it took
 * @param commands command lines of the processes that were started
 * @param results what was found, one each
 */
public record Section<T>(
        Verdict verdict,
        List<String> reasons,
        List<String> notes,
        int expected,
        int ran,
        double seconds,
        List<String> commands,
        List<T> results) {
    /** Copies the lists. */
    public Section {
        reasons = List.copyOf(reasons);
        notes = List.copyOf(notes);
        commands = List.copyOf(commands);
        results = List.copyOf(results);
    }

    /** Returns the same with other results. */
    public <R> Section<R> withResults(List<R> other) {
        return new Section<>(verdict, reasons, notes, expected, ran, seconds, commands, other);
    }

    /** Returns the same with a further note. */
    public Section<T> withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new Section<>(verdict, reasons, more, expected, ran, seconds, commands, results);
    }

    /** Returns the same without command lines, and of paths in its sentences the names of the files only. */
    Section<T> withoutCommands() {
        return new Section<>(
                verdict,
                reasons.stream().map(Section::withoutDirectories).toList(),
                notes.stream().map(Section::withoutDirectories).toList(),
                expected,
                ran,
                seconds,
                List.of(),
                results);
    }

    /** Returns a text in which absolute paths have lost their directories. */
    static String withoutDirectories(String text) {
        return text.replaceAll("(?<![\\w.])/(?:[^/\\s]+/)+", "");
    }

    /** Returns the same, but no pass if not all that was expected ran, whatever the part itself made of that. */
    public Section<T> counted() {
        if (verdict != Verdict.PASS || ran >= expected) {
            return this;
        }
        List<String> all = new ArrayList<>(reasons);
        all.add("Only " + ran + " of " + expected + " ran.");
        return new Section<>(Verdict.INCONCLUSIVE, all, notes, expected, ran, seconds, commands, results);
    }
}

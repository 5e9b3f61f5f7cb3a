package org.jurcu.stress.campaign.part;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jurcu.stress.campaign.html.Html;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.Section;

/**
 * One part of a campaign: how it is run, how a person and a script read it. {@link Parts} lists them.
 *
 * @param <T> what is found of one recording, test, benchmark, ...: a record that Jackson writes and reads
 */
public interface Part<T> {
    /** Returns the name, a word in small letters: the field of report.json, the row of the table of verdicts. */
    String name();

    /** Returns what a pass shows, in a sentence. */
    String meaning();

    /** Returns the class of the results. */
    Class<T> resultType();

    /** Returns what a result is of, such as a test's name; a part has no two results of one key. */
    String key(T result);

    /** Returns whether a result counts as a test that passed. */
    boolean passed(T result);

    /** Returns whether its results are tests at all; a measurement is none, and no check counts it. */
    default boolean isTest() {
        return true;
    }

    /** Returns whether it does its shard's work only. One that does not is run by the first shard, and by no other. */
    default boolean sharded() {
        return false;
    }

    /** Returns whether a longer budget makes it run longer. */
    default boolean takesMoreTime() {
        return true;
    }

    /** Returns a result in a few words, for a cell beside the same under another JDK. */
    default String glance(T result) {
        return passed(result) ? "pass" : "no pass";
    }

    /** Returns how long it takes in a campaign of which no time is asked; zero if it runs by its own command only. */
    Duration time(boolean quick);

    /** Does the work. */
    Section<T> run(Assignment assignment) throws CampaignException, IOException, InterruptedException;

    /** Prints the results as a person reads them. */
    void print(List<T> results, PrintStream out);

    /** Appends its piece of the page, with an {@code h2} at its head. */
    void append(Html html, Section<T> section);

    /** Returns a section that is this part's with its type. */
    default Section<T> own(Section<?> section) {
        return section.withResults(
                section.results().stream().map(resultType()::cast).toList());
    }

    /** Prints a section that is this part's. */
    default void printSection(Section<?> section, PrintStream out) {
        print(own(section).results(), out);
    }

    /** Appends a section that is this part's. */
    default void appendSection(Html html, Section<?> section) {
        append(html, own(section));
    }

    /** Returns what was seen of each key, in a few words. */
    default Map<String, String> glances(Section<?> section) {
        Map<String, String> glances = new LinkedHashMap<>();
        own(section).results().forEach(result -> glances.put(key(result), glance(result)));
        return glances;
    }

    /** Returns the keys of the results. */
    default List<String> keys(Section<?> section) {
        return own(section).results().stream().map(this::key).toList();
    }

    /** Returns how many results of a section that is this part's have passed. */
    default int passedOf(Section<?> section) {
        return (int) own(section).results().stream().filter(this::passed).count();
    }
}

package org.jurcu.stress.campaign.mutants;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What must notice a mutant: a check of this project, run in a JVM of its own with the mutant in front of its class path. */
interface Detector {
    /**
     * Reads a label.
     *
     * <pre>
     *  unit MODULE CLASS[#METHOD] [-D..]    a JUnit test
     *  model MODULE CLASS[#METHOD] [-D..]   likewise; one that takes the access modes out of the compiled class and explores
     *                                       all executions that they allow, and so sees what this machine does not show
     *  jcstress REGEX                       the jcstress tests in whose names this is found
     *  litmus REGEX                         the litmus patterns in whose PATTERN/FLAVOUR this is found
     *  replay FILE [OPTION..]               ./campaign replay, and its audit
     * </pre>
     *
     * @throws IllegalArgumentException if it is none of these
     */
    static Detector of(String label) {
        List<String> words = Arrays.asList(label.split("\\s+", -1));
        List<String> rest = words.subList(1, words.size());
        return switch (words.get(0)) {
            case "unit", "model" -> UnitDetector.of(words.get(0), rest);
            case "jcstress" -> JcstressDetector.of(rest);
            case "litmus" -> LitmusDetector.of(rest);
            case "replay" -> ReplayDetector.of(rest);
            default ->
                throw new IllegalArgumentException(
                        "'" + words.get(0) + "' is no detector; there are unit, model, jcstress, litmus and replay");
        };
    }

    /** Returns the label's first word. */
    String kind();

    /** Returns the whole label. */
    String label();

    /** Whether it wants the processors for itself. */
    boolean isExclusive();

    /** Returns why it cannot run here, and what to build; empty if it can. */
    String missing(Site site) throws IOException;

    /**
     * Runs it.
     *
     * @param classes what goes in front of the class path, or null
     * @param work a fresh directory for its log
     */
    Sighting look(Site site, Path classes, Path work, Duration limit) throws IOException, InterruptedException;
}

package org.jurcu.stress.torture;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was found. In a healthy run nobody writes here; who does may be slow. To be told from another is by whom and what an
 * element was aged too early: a busted flavour has to be caught for the reason for which it is busted.
 */
final class Evidence {
    private static final int SENTENCES = 6; // of one detector

    private final Map<Detector, Long> counts = new EnumMap<>(Detector.class);
    private final Map<Detector, List<String>> sentences = new EnumMap<>(Detector.class);
    private final Map<Update, Long> agedBy = new EnumMap<>(Update.class);
    private final long[] agedByReaderParity = new long[2];
    private long agedWhole;
    private long agedSwapped;
    private volatile boolean any;

    boolean any() {
        return any;
    }

    synchronized void add(Detector detector, String sentence) {
        counts.merge(detector, 1L, Long::sum);
        List<String> said = sentences.computeIfAbsent(detector, d -> new ArrayList<>());
        if (said.size() < SENTENCES) {
            said.add(detector.word() + ": " + sentence);
        }
        any = true;
    }

    /**
     * A reader saw an age of 2 or more.
     *
     * @param way in which the element was first aged
     * @param swaps how often the reader had taken a new protection and dropped the old one by then
     */
    synchronized void aged(int reader, int age, Update way, int swaps, Element element) {
        agedBy.merge(way, 1L, Long::sum);
        agedByReaderParity[reader & 1]++;
        if (swaps > 0) {
            agedSwapped++;
        } else {
            agedWhole++;
        }
        add(
                Detector.AGE,
                "reader " + reader + " held " + element + " when it had age " + age + ", first aged by " + way.word()
                        + "; its section had swapped its protection " + swaps + " times");
    }

    synchronized long count(Detector detector) {
        return counts.getOrDefault(detector, 0L);
    }

    synchronized Set<Detector> detectors() {
        return counts.isEmpty() ? EnumSet.noneOf(Detector.class) : EnumSet.copyOf(counts.keySet());
    }

    /** Returns whether elements were aged too early, and all of them first in that way. */
    synchronized boolean agedOnlyBy(Update way) {
        return agedBy.containsKey(way) && agedBy.size() == 1;
    }

    synchronized boolean agedBy(Update way) {
        return agedBy.containsKey(way);
    }

    /** Returns whether only the readers with odd numbers saw one that was aged too early. */
    synchronized boolean agedOnlyForOddReaders() {
        return agedByReaderParity[1] > 0 && agedByReaderParity[0] == 0;
    }

    /** Returns whether only sections that had swapped their protection saw one that was aged too early. */
    synchronized boolean agedOnlyBehindSwaps() {
        return agedSwapped > 0 && agedWhole == 0;
    }

    /** Returns the first sentences of each detector. */
    synchronized List<String> sentences() {
        List<String> all = new ArrayList<>();
        sentences.values().forEach(all::addAll);
        return all;
    }

    /** Returns how often each detector fired, as {@code age:3,cookie:1}, or a hyphen. */
    synchronized String summary() {
        if (counts.isEmpty()) {
            return "-";
        }
        List<String> parts = new ArrayList<>();
        counts.forEach((detector, count) -> parts.add(detector.word() + ":" + count));
        return String.join(",", parts);
    }
}

package org.jurcu.task.trace;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts the events that the reader does not know, by name, for a bounded number of names. */
final class SkippedEvents {
    /** The function tracer has a name for every function of the kernel. */
    static final int MAX_NAMES = 1024;

    /** Under which all further names are counted. */
    static final String OTHERS = "(others)";

    private final Map<String, long[]> counts = new HashMap<>();
    private long total;

    void add(String name) {
        total++;
        long[] count = counts.get(name);
        if (count == null) {
            count = counts.computeIfAbsent(counts.size() < MAX_NAMES ? name : OTHERS, n -> new long[1]);
        }
        count[0]++;
    }

    long total() {
        return total;
    }

    /** Returns a copy, sorted by name. */
    Map<String, Long> byName() {
        Map<String, Long> sorted = new TreeMap<>();
        counts.forEach((name, count) -> sorted.put(name, count[0]));
        return Collections.unmodifiableMap(sorted);
    }
}

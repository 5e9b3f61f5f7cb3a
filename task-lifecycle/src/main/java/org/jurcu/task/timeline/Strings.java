package org.jurcu.task.timeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives every text a number, so that the page holds it once. */
final class Strings {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> all = new ArrayList<>();

    int number(String text) {
        return numbers.computeIfAbsent(text, t -> {
            all.add(t);
            return all.size() - 1;
        });
    }

    List<String> all() {
        return all;
    }
}

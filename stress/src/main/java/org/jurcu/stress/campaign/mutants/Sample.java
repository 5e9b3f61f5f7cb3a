package org.jurcu.stress.campaign.mutants;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A part of the mutants, chosen by a seed. Successive seeds take successive slices of one shuffled list and begin again at its
 * end: so many as it takes to go round have chosen each mutant.
 *
 * <p>The list is shuffled so that those that take long are spread evenly over it: no sample has many of them.
 */
final class Sample {
    private static final long SHUFFLE = 6;

    private Sample() {}

    /** A mutant and its place, between 0 and 1. */
    private record Placed<T>(T item, double place) {}

    static <T> List<T> of(List<T> all, int size, long seed, Predicate<T> takesLong) {
        if (size >= all.size()) {
            return all;
        }
        List<T> list = spread(all, takesLong);
        List<T> chosen = new ArrayList<>();
        long from = Math.floorMod(seed, (long) all.size()) * size;
        for (int i = 0; i < size; i++) {
            chosen.add(list.get((int) ((from + i) % list.size())));
        }
        return chosen;
    }

    private static <T> List<T> spread(List<T> all, Predicate<T> takesLong) {
        List<T> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(SHUFFLE));
        Map<Boolean, List<T>> parts = shuffled.stream().collect(Collectors.partitioningBy(takesLong));
        List<Placed<T>> placed = new ArrayList<>();
        for (List<T> part : parts.values()) {
            for (int i = 0; i < part.size(); i++) {
                placed.add(new Placed<>(part.get(i), (i + 0.5) / part.size()));
            }
        }
        placed.sort(Comparator.comparingDouble(Placed::place));
        return placed.stream().map(Placed::item).toList();
    }
}

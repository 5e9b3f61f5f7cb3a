package org.jurcu.task.load;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How often each {@link LifePath} is taken: weights, of which only the ratios matter.
 *
 * <pre>{@code
 * Mix mix = Mix.parse("exit=8,threads=2,namespace=1");
 * }</pre>
 */
public final class Mix {
    private static final int MOST = 1_000_000;

    private final Map<LifePath, Integer> weights;
    private final int total;

    private Mix(Map<LifePath, Integer> weights) {
        this.weights = weights;
        this.total = weights.values().stream().mapToInt(w -> w).sum();
    }

    /**
     * Every path but the stops, the plain exit eight times as often as each of the others. The stops came later: a seed gives the
     * recording that it has always given.
     */
    public static Mix all() {
        Map<LifePath, Integer> weights = new EnumMap<>(LifePath.class);
        for (LifePath path : EnumSet.complementOf(EnumSet.of(LifePath.STOPS))) {
            weights.put(path, path == LifePath.EXIT ? 8 : 1);
        }
        return new Mix(weights);
    }

    /** One path only. */
    public static Mix only(LifePath path) {
        Map<LifePath, Integer> weights = new EnumMap<>(LifePath.class);
        weights.put(path, 1);
        return new Mix(weights);
    }

    /**
     * Reads {@code all}, or {@code PATH=WEIGHT,...}, where a path alone has the weight 1.
     *
     * @throws IllegalArgumentException if a path does not exist, a weight is no number from 0 to 1,000,000, or all are 0
     */
    public static Mix parse(String text) {
        if (text.strip().equals("all")) {
            return all();
        }
        Map<LifePath, Integer> weights = new EnumMap<>(LifePath.class);
        for (String part : text.split(",", -1)) {
            String[] pair = part.strip().split("=", 2);
            if (weights.put(path(pair[0]), pair.length == 1 ? 1 : weight(pair[1])) != null) {
                throw new IllegalArgumentException("the mix names " + pair[0].strip() + " twice");
            }
        }
        Mix mix = new Mix(weights);
        if (mix.total == 0) {
            throw new IllegalArgumentException("every weight of the mix is 0: nothing would be generated");
        }
        return mix;
    }

    private static LifePath path(String word) {
        return Arrays.stream(LifePath.values())
                .filter(p -> p.word().equals(word.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the mix has no path '" + word.strip() + "'; there is " + words()));
    }

    private static String words() {
        return Arrays.stream(LifePath.values()).map(LifePath::word).collect(Collectors.joining(", "));
    }

    private static int weight(String text) {
        try {
            int weight = Integer.parseInt(text.strip());
            if (weight >= 0 && weight <= MOST) {
                return weight;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("a weight of the mix is 0 to " + MOST + ", not '" + text.strip() + "'");
    }

    /** The weight of {@code path}. */
    public int weight(LifePath path) {
        return weights.getOrDefault(path, 0);
    }

    LifePath pick(Dice dice) {
        int n = dice.below(total);
        for (LifePath path : LifePath.values()) {
            n -= weight(path);
            if (n < 0) {
                return path;
            }
        }
        throw new AssertionError("the weights do not add up to " + total);
    }

    /** The mix as {@link #parse} reads it. */
    @Override
    public String toString() {
        return Arrays.stream(LifePath.values())
                .filter(p -> weight(p) > 0)
                .map(p -> p.word() + "=" + weight(p))
                .collect(Collectors.joining(","));
    }
}

package org.jurcu.stress.campaign.stress;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jurcu.stress.campaign.model.StressResult;
import org.jurcu.stress.campaign.model.TestKind;

/**
 * How much of the time each class of tests gets: what finds most gets most. A class finds as much in a second as its
 * rarest twin showed interesting samples in an earlier run; all tests of a run get the same time, each further attempt
 * four times the one before, so that counts stand for rates.
 */
public final class Yields {
    /** Between the class that gets most and the one that gets least there is a factor of eight, however they differ. */
    private static final double LEAST = 0.5;

    private static final double MOST = 4;

    /** Nothing is known: all get the same. */
    public static final Yields EQUAL = new Yields(Map.of());

    private final Map<String, Double> weights;

    private Yields(Map<String, Double> weights) {
        this.weights = weights;
    }

    /** Returns the weights after an earlier run. */
    public static Yields of(List<StressResult> earlier) {
        Map<String, Double> rates = new LinkedHashMap<>();
        for (StressResult r : earlier) {
            if (r.kind() == TestKind.WEAKENED && r.attempts() > 0) {
                rates.merge(outer(r.test()), r.interesting() / time(r.attempts()), Math::min);
            }
        }
        double mean =
                rates.values().stream().mapToDouble(Yields::magnitude).average().orElse(0);
        if (mean == 0) {
            return EQUAL;
        }
        Map<String, Double> weights = new LinkedHashMap<>();
        rates.forEach((outer, rate) -> weights.put(outer, Math.min(MOST, Math.max(LEAST, magnitude(rate) / mean))));
        return new Yields(weights);
    }

    /** Rates differ by factors of a thousand; time follows their magnitude. */
    private static double magnitude(double rate) {
        return Math.log1p(rate);
    }

    private static double time(int attempts) {
        double time = 0;
        for (int attempt = 0; attempt < attempts; attempt++) {
            time += Math.pow(StressRun.RETRY_FACTOR, attempt);
        }
        return time;
    }

    private static String outer(String test) {
        return test.substring(0, test.lastIndexOf('.'));
    }

    /** Returns by how much the tests of {@code outer} run longer than the mean of {@code tests}. */
    double weight(String outer, List<String> tests) {
        double mean = tests.stream()
                .mapToDouble(test -> weights.getOrDefault(outer(test), 1.0))
                .average()
                .orElse(1);
        return weights.getOrDefault(outer, 1.0) / mean;
    }

    boolean isEqual() {
        return weights.isEmpty();
    }

    @Override
    public String toString() {
        return weights.toString();
    }
}

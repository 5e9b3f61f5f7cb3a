package org.jurcu.stress.campaign.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jurcu.stress.campaign.model.BenchmarkResult;

/**
 * A line of what {@code liburcu.c} prints.
 *
 * @param scenario its name
 * @param threads that ran it at the same time
 * @param rounds nanoseconds of one operation, once a round
 */
record LiburcuLine(String scenario, int threads, List<Double> rounds) {
    private static final Pattern FORM = Pattern.compile("([a-z]\\w+) ([1-9]\\d?)((?: \\d{1,15}\\.\\d{1,9})+)");
    /** Half of a 99.9% confidence interval of a mean, in standard errors: of the normal distribution. */
    private static final double NORMAL_999 = 3.29;

    /** Reads a line, if it is one. */
    static Optional<LiburcuLine> parse(String line) {
        Matcher matcher = FORM.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<Double> rounds = Arrays.stream(matcher.group(3).trim().split(" "))
                .map(Double::valueOf)
                .toList();
        return Optional.of(new LiburcuLine(matcher.group(1), Integer.parseInt(matcher.group(2)), rounds));
    }

    /** Returns the figure, in a group of its flavour and number of threads. */
    BenchmarkResult result(String flavour) {
        double mean = rounds.stream().mapToDouble(r -> r).average().orElseThrow();
        return new BenchmarkResult(
                group(flavour, threads),
                scenario,
                Map.of(),
                null,
                "avgt",
                "ns/op",
                threads,
                1,
                rounds.size(),
                median(),
                mean,
                rounds.size() < 3 ? null : (Double) (NORMAL_999 * deviation(mean) / Math.sqrt(rounds.size())),
                null);
    }

    /** Returns the group of a flavour's figures: {@code liburcu-memb}, or {@code liburcu-memb-2} for two threads. */
    static String group(String flavour, int threads) {
        return "liburcu-" + flavour + (threads == 1 ? "" : "-" + threads);
    }

    private double median() {
        List<Double> sorted = rounds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private double deviation(double mean) {
        double squares =
                rounds.stream().mapToDouble(r -> (r - mean) * (r - mean)).sum();
        return Math.sqrt(squares / (rounds.size() - 1));
    }
}

package org.jurcu.stress.campaign.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which benchmarks run, with which parameters.
 *
 * @param benchmarks full names with the values of each parameter
 */
record BenchmarkChoice(Map<String, Map<String, List<String>>> benchmarks) {
    private static final Pattern NAME = Pattern.compile("[\\w$]+(\\.[\\w$]+)+");
    private static final Pattern PARAMETER = Pattern.compile("\\s+param \"(.*)\" = \\{(.*)}");

    /** Reads what JMH prints with {@code -lp}. */
    static BenchmarkChoice parse(List<String> lines) {
        Map<String, Map<String, List<String>>> benchmarks = new LinkedHashMap<>();
        Map<String, List<String>> current = new TreeMap<>();
        for (String line : lines) {
            Matcher parameter = PARAMETER.matcher(line);
            if (parameter.matches()) {
                current.put(parameter.group(1), List.of(parameter.group(2).split(", ")));
            } else if (NAME.matcher(line).matches()) {
                current = new TreeMap<>();
                benchmarks.put(line, current);
            }
        }
        return new BenchmarkChoice(benchmarks);
    }

    /** Returns those that a regular expression finds. */
    BenchmarkChoice matching(Pattern pattern) {
        Map<String, Map<String, List<String>>> kept = new LinkedHashMap<>(benchmarks);
        kept.keySet().removeIf(name -> !pattern.matcher(name).find());
        return new BenchmarkChoice(kept);
    }

    /** Returns the read side of one thread, which any number of threads can be told to measure. */
    BenchmarkChoice readSide() {
        Map<String, Map<String, List<String>>> kept = new LinkedHashMap<>(benchmarks);
        kept.keySet().removeIf(name -> !name.contains(".ReadSideBenchmark."));
        return new BenchmarkChoice(kept);
    }

    /** Returns the library's own and their floors: no method that is a {@code peer} or a {@code toy}, which know no fence. */
    BenchmarkChoice withoutPeersAndToys() {
        Map<String, Map<String, List<String>>> kept = new LinkedHashMap<>(benchmarks);
        kept.keySet().removeIf(name -> {
            String method = name.substring(name.lastIndexOf('.') + 1);
            return method.startsWith("peer") || method.startsWith("toy");
        });
        return new BenchmarkChoice(kept);
    }

    /**
     * Returns the short selection: what the {@linkplain Targets targets} name, with the parameters that they name. Peers and
     * {@code Scaling} classes, which take longest, are left out all the same.
     */
    BenchmarkChoice quick() {
        Map<String, Map<String, List<String>>> kept = new LinkedHashMap<>();
        withoutPeersAndToys().benchmarks.forEach((name, parameters) -> {
            List<Target.Figure> figures =
                    Targets.figures().stream().filter(f -> f.isOf(name)).toList();
            if (!figures.isEmpty() && !name.contains(".Scaling")) {
                Map<String, List<String>> chosen = new TreeMap<>();
                parameters.forEach((key, values) -> chosen.put(key, named(key, values, figures)));
                kept.put(name, chosen);
            }
        });
        return new BenchmarkChoice(kept);
    }

    /** Returns the values that a figure names, and the first one where none does. */
    private static List<String> named(String key, List<String> values, List<Target.Figure> figures) {
        List<String> named = values.stream()
                .filter(value -> figures.stream().anyMatch(f -> f.parameter().equals(key + "=" + value)))
                .toList();
        return named.isEmpty() ? values.subList(0, 1) : named;
    }

    /** Returns how many measurements JMH makes of it. */
    int runs() {
        return benchmarks.values().stream()
                .mapToInt(parameters ->
                        parameters.values().stream().mapToInt(List::size).reduce(1, (a, b) -> a * b))
                .sum();
    }

    /** Returns JMH's arguments for exactly this choice. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        Map<String, List<String>> parameters = new TreeMap<>();
        benchmarks.values().forEach(parameters::putAll);
        parameters.forEach((key, values) -> arguments.addAll(List.of("-p", key + "=" + String.join(",", values))));
        arguments.add(benchmarks.keySet().stream()
                .map(name -> name.replace(".", "\\.").replace("$", "\\$"))
                .collect(Collectors.joining("|", "^(", ")$")));
        return arguments;
    }
}

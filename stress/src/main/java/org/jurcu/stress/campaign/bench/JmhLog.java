package org.jurcu.stress.campaign.bench;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Understands what one JMH says while it runs. */
final class JmhLog implements Consumer<String> {
    private static final String BENCHMARK = "# Benchmark: ";
    private static final String PARAMETERS = "# Parameters: ";
    private static final String LOCKED = "Unable to acquire the JMH lock";
    private static final String SKIPPED = "org.jurcu.benchmarks.SkippedException: ";

    private final Consumer<String> onBenchmark;
    private final Map<String, Set<String>> skippedByReason = new LinkedHashMap<>();
    private String benchmark = "";
    private String parameters = "";
    private boolean locked;

    /** Tells {@code onBenchmark} the name of each benchmark that begins. */
    JmhLog(Consumer<String> onBenchmark) {
        this.onBenchmark = onBenchmark;
    }

    /** A run that found the lock taken has said nothing else. */
    void begin() {
        locked = false;
    }

    @Override
    public void accept(String line) {
        if (line.contains(LOCKED)) {
            locked = true;
        } else if (line.startsWith(BENCHMARK)) {
            benchmark = line.substring(BENCHMARK.length());
            parameters = "";
            onBenchmark.accept(benchmark);
        } else if (line.startsWith(PARAMETERS)) {
            parameters = " " + line.substring(PARAMETERS.length());
        } else if (line.startsWith(SKIPPED)) {
            skippedByReason
                    .computeIfAbsent(line.substring(SKIPPED.length()), reason -> new LinkedHashSet<>())
                    .add(benchmark + parameters);
        }
    }

    /** Returns whether another JMH was measuring, so that this one did not. */
    boolean locked() {
        return locked;
    }

    /** Returns how many measurements this JVM cannot make. */
    int skipped() {
        return skippedByReason.values().stream().mapToInt(Set::size).sum();
    }

    /** Returns the full names of benchmarks of which this JVM cannot make all measurements. */
    Set<String> skippedNames() {
        Set<String> names = new TreeSet<>();
        skippedByReason.values().forEach(all -> all.forEach(name -> names.add(name.replaceAll(" .*", ""))));
        return names;
    }

    /** Returns, in sentences, what was skipped and why. */
    List<String> reasons() {
        return skippedByReason.entrySet().stream()
                .map(e -> e.getKey() + " So it was not measured: "
                        + e.getValue().stream().map(JmhLog::simple).collect(Collectors.joining(", ")) + ".")
                .toList();
    }

    private static String simple(String benchmark) {
        return benchmark.replaceAll("^(?:[\\w$]+\\.)*([\\w$]+\\.[\\w$]+)", "$1");
    }
}

package org.jurcu.stress.campaign.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.process.ChildProcess;
import org.jurcu.stress.campaign.process.JavaCommand;
import org.jurcu.stress.campaign.terminal.Progress;

/**
 * Percentiles of latencies, by the program that stands in the jar beside JMH. Each scenario has JVMs of its own, as many as
 * JMH has forks, whose histograms are added up.
 */
final class LatencyRun extends Measurer {
    /** The group of the figures. */
    static final String GROUP = "Latency";

    /** A scenario is chosen by this and its own name. */
    private static final String PREFIX = "latency.";

    private static final String MAIN = "org.jurcu.benchmarks.latency.LatencyMain";
    private static final String SKIPPED = "skipped ";
    private static final String LATE = "late";

    private static final long MIN_WARMUP = 300;
    /** So that ten values lie beyond the 99.9th percentile where one is due every 100 µs. */
    private static final long MIN_MILLIS = 1_000;

    private static final Duration LIST_LIMIT = Duration.ofSeconds(60);
    /** To start a JVM and 100,000 threads on a machine that is busy. */
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Path java;
    private final Path jar;
    private final Path directory;
    private final Progress progress;

    /** Runs {@code jar} with {@code java}; logs go to {@code directory}. */
    LatencyRun(Path java, Path jar, Path directory, Progress progress) {
        this.java = java;
        this.jar = jar;
        this.directory = directory;
        this.progress = progress;
    }

    /** Returns the names of all scenarios that this machine has, as a pattern finds them. */
    List<String> names() throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        ChildProcess.run(command(List.of()), directory, directory.resolve("latency-list.log"), LIST_LIMIT, line -> {
            if (line.matches("[a-z]\\w+(/\\w+=\\w+)?")) {
                names.add(PREFIX + line);
            }
        });
        return names;
    }

    /** Returns the names in which the pattern is found. */
    List<String> matching(Pattern pattern) throws IOException, InterruptedException {
        return names().stream().filter(pattern.asPredicate()).toList();
    }

    /** Measures scenarios of those names under a strategy of the fences. */
    void measure(List<String> names, String fence, BenchPlan plan) throws IOException, InterruptedException {
        long warmup = Math.max(MIN_WARMUP, plan.warmups() * plan.millis());
        long millis = Math.max(MIN_MILLIS, plan.iterations() * plan.millis());
        int done = 0;
        for (String name : names) {
            progress.step(done++, names.size(), "latencies, now " + fence + " " + name);
            measure(name, fence, plan.forks(), warmup, millis);
        }
    }

    private void measure(String name, String fence, int forks, long warmup, long millis)
            throws IOException, InterruptedException {
        List<String> command = command(List.of("-Djurcu.fence=" + fence));
        command.addAll(List.of(name.substring(PREFIX.length()), Long.toString(warmup), Long.toString(millis)));
        commands.add(JavaCommand.shellQuote(command));
        Path log = directory.resolve("latency-" + fence + ".log");
        Duration limit = START_LIMIT.plusMillis(20 * (warmup + millis));
        LatencyHistogram histogram = new LatencyHistogram();
        expected++;
        for (int fork = 0; fork < forks; fork++) {
            List<String> lines = new ArrayList<>();
            ChildProcess.End end = ChildProcess.run(command, directory, log, limit, lines::add);
            for (String line : lines) {
                if (line.startsWith(SKIPPED)) {
                    expected--;
                    notes.add(line.substring(SKIPPED.length()) + " So it was not measured: " + name + ".");
                    return;
                }
                if (line.equals(LATE)) {
                    notes.add(name + " fell behind its timetable, so its percentiles are those of an overload.");
                }
            }
            boolean added = lines.stream().map(histogram::add).reduce(false, Boolean::logicalOr);
            if (!added || end.timedOut() || end.exitStatus() != 0) {
                reasons.add(name + (end.timedOut() ? " hung" : " gave no latencies") + "; the log is " + log + ".");
                return;
            }
        }
        results.add(result(name.substring(PREFIX.length()), fence, forks, histogram));
    }

    private static BenchmarkResult result(String scenario, String fence, int forks, LatencyHistogram histogram) {
        String[] parts = scenario.split("[/=]", -1);
        return new BenchmarkResult(
                        GROUP,
                        parts[0],
                        parts.length < 3 ? Map.of() : Map.of(parts[1], parts[2]),
                        fence,
                        "sample",
                        "ns/op",
                        1,
                        forks,
                        1,
                        histogram.median(),
                        histogram.mean(),
                        null,
                        null)
                .among(histogram.percentiles());
    }

    private List<String> command(List<String> options) {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(JavaCommand.nativeAccess());
        command.addAll(options);
        command.addAll(List.of("-cp", jar.toString(), MAIN));
        return command;
    }
}

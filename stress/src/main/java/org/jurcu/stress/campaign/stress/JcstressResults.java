package org.jurcu.stress.campaign.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;

/** Reads the binary result files that jcstress leaves in its working directory. */
final class JcstressResults {
    private JcstressResults() {}

    /** Returns what was seen of each test that left a result in {@code directory}. */
    static Map<String, Observation> read(Path directory) throws IOException {
        Map<String, Observation> seen = new TreeMap<>();
        for (Path file : resultFiles(directory)) {
            for (TestResult result : load(file)) {
                add(result, seen.computeIfAbsent(result.getName(), name -> new Observation()));
            }
        }
        return seen;
    }

    /** Deletes what a run that was killed left unfinished. */
    static void dropTorn(Path directory) throws IOException {
        for (Path file : resultFiles(directory)) {
            try {
                load(file);
            } catch (IOException | RuntimeException e) { // jcstress lets through whatever reading an object throws
                Files.delete(file);
            }
        }
    }

    private static List<Path> resultFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("jcstress-results-.*\\.bin\\.gz"))
                    .sorted()
                    .toList();
        }
    }

    private static Iterable<TestResult> load(Path file) throws IOException {
        InProcessCollector collector = new InProcessCollector();
        DiskReadCollector reader = new DiskReadCollector(file.toString(), collector);
        try {
            reader.dump();
        } catch (ClassNotFoundException e) {
            throw new IOException(file + " was written by another version of jcstress", e);
        } finally {
            reader.close();
        }
        return collector.getTestResults();
    }

    private static void add(TestResult result, Observation seen) {
        if (result.status() == Status.NORMAL) {
            seen.configuration();
        } else {
            seen.error(result.status()
                    + result.getMessages().stream()
                            .findFirst()
                            .map(message -> " (" + message.strip() + ")")
                            .orElse(""));
        }
        for (GradingResult graded : result.grading().gradingResults.values()) {
            seen.outcome(graded.id, Expectation.word(graded.expect), graded.count, graded.description);
        }
        result.grading().failureMessages.forEach(seen::message);
    }
}

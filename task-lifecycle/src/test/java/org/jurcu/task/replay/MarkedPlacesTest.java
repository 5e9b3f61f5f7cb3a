package org.jurcu.task.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jurcu.task.CountHistory;
import org.jurcu.task.MarkedPlaces;
import org.jurcu.task.trace.TraceReader;

/** A bug at each of the marked places is caught in racy order, and the history of a task that it hit names the place. */
@ResourceLock("refcount warnings")
@Tag("unchecked")
class MarkedPlacesTest {
    private static ReplayReport replay(Replay.KernelFactory factory, long seed) throws IOException {
        String name = "/traces/shell-pipelines.trace.gz";
        CountHistory history = new CountHistory(16, 4096, Replay.current());
        try (InputStream in = MarkedPlacesTest.class.getResourceAsStream(name);
                TraceReader trace = TraceReader.of(in, name)) {
            return Replay.run(trace, ReplayOptions.DEFAULT.racy(seed).watchedBy(history), factory);
        }
    }

    private static boolean names(ReplayReport.Mismatch mismatch, MarkedPlaces bug) {
        if (bug.times == 0) {
            return mismatch.history().stream().anyMatch(line -> line.startsWith("nothing was put in " + bug.place));
        }
        return mismatch.history().stream()
                        .filter(line -> (line + " ").contains(" " + bug.place + " "))
                        .count()
                >= bug.times;
    }

    @ParameterizedTest
    @EnumSource
    void aBugThereIsCaughtAndNamed(MarkedPlaces bug) throws IOException {
        ReplayReport report = replay(bug::create, 1);
        assertFalse(report.passed());
        List<ReplayReport.Mismatch> mismatches = report.mismatches();
        assertTrue(
                mismatches.stream().anyMatch(m -> names(m, bug)),
                () -> bug.place + " in " + mismatches.subList(0, Math.min(3, mismatches.size())));
    }

    /** The same wiring with nothing broken: neither the test's kernel nor being watched makes the audit complain. */
    @Test
    void withoutABugThereIsNothing() throws IOException {
        ReplayReport report = replay(
                (cpus, tracepoints, history) -> org.jurcu.task.Kernel.create(
                        "whole", cpus, org.jurcu.task.TaskLayout.TAGGED, tracepoints, history),
                1);
        RecordingsReplayTest.assertClean(report);
    }

    @Test
    void thePageListsThem() throws IOException {
        Path page = Path.of(System.getProperty("basedir", ""))
                .toAbsolutePath()
                .getParent()
                .resolve("docs/replay.md");
        List<String> listed = Files.readString(page)
                .lines()
                .filter(line -> line.startsWith("| `") && line.contains("` | `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .filter(name -> Arrays.stream(MarkedPlaces.values())
                        .anyMatch(p -> p.name().equals(name)))
                .toList();
        assertEquals(Arrays.stream(MarkedPlaces.values()).map(Enum::name).toList(), listed);
        assertEquals(10, listed.size());
    }
}

package org.jurcu.task.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jurcu.task.trace.TraceReader;

/** The kernel as oracle: every recording, every lifetime. */
@ResourceLock("refcount warnings")
class RecordingsReplayTest {
    static ReplayReport replay(String name, ReplayOptions options) throws IOException {
        try (InputStream in = RecordingsReplayTest.class.getResourceAsStream("/" + name);
                TraceReader trace = TraceReader.of(in, name)) {
            return Replay.run(trace, options);
        }
    }

    static void assertClean(ReplayReport report) {
        assertEquals(List.of(), report.mismatches());
        assertEquals(report.kernelFrees(), report.modelFrees(), "modelFrees");
        assertEquals(report.kernelFrees(), report.matched(), "matched");
        assertEquals(0, report.earlyFrees(), "earlyFrees");
        assertEquals(0, report.doubleFrees(), "doubleFrees");
        assertEquals(0, report.leaks(), "leaks");
        assertEquals(0, report.warnings(), "warnings");
        assertEquals(report.waitResultsCompared(), report.waitResultsMatched(), "wait results");
        assertEquals(report.sigchldCompared(), report.sigchldMatched(), "SIGCHLDs");
        assertTrue(report.passed());
    }

    @ParameterizedTest
    @CsvSource({
        // name, forks, exits, frees, zombies, live, waits compared, SIGCHLDs compared
        "autoreap, 201, 201, 201, 0, 0, 1, 200",
        "group-kill, 161, 161, 161, 0, 0, 40, 41",
        "make-j2, 38, 38, 38, 0, 0, 70, 38",
        "mt-exec, 141, 141, 141, 0, 0, 40, 41",
        "orphans, 181, 181, 181, 0, 0, 60, 181",
        "pid-namespace, 76, 76, 76, 0, 0, 88, 76",
        "ptrace, 21, 21, 21, 0, 0, 2504, 30",
        "shell-pipelines, 187, 187, 187, 0, 0, 250, 187",
        "sigchld, 81, 81, 81, 0, 0, 80, 87",
        "storm, 1093, 1093, 1093, 0, 0, 1456, 1093",
        "subreaper, 181, 181, 181, 0, 0, 181, 181",
        "threads, 481, 481, 481, 0, 0, 0, 1",
        "zombies, 14, 12, 2, 10, 2, 2, 12"
    })
    void theModelFreesWhatTheKernelFreed(
            String name, long forks, long exits, long frees, long zombies, long live, long waits, long sigchlds)
            throws IOException {
        ReplayReport report = replay("traces/" + name + ".trace.gz", ReplayOptions.DEFAULT);
        assertClean(report);
        assertEquals(forks, report.forks(), "forks");
        assertEquals(exits, report.exits(), "exits");
        assertEquals(frees, report.kernelFrees(), "kernelFrees");
        assertEquals(zombies, report.zombiesLeft(), "zombiesLeft");
        assertEquals(live, report.liveLeft(), "liveLeft");
        assertEquals(waits, report.waitResultsCompared(), "waitResultsCompared");
        assertEquals(sigchlds, report.sigchldCompared(), "sigchldCompared");
        assertEquals(2, report.cpus());
        assertEquals(2, report.readers());
    }

    /** Recordings of the same kernel made later, with python, gdb, strace, job control, nested namespaces. */
    @ParameterizedTest
    @ValueSource(strings = {"debuggers", "fork-trees", "job-control", "namespaces", "runtimes", "thread-groups"})
    void otherWorkloadsMatchToo(String name) throws IOException {
        ReplayReport report = replay("more-traces/" + name + ".trace.gz", ReplayOptions.DEFAULT);
        assertClean(report);
        assertTrue(report.kernelFrees() > 0);
    }

    @RepeatedTest(10)
    void tenRunsGiveTheSameVerdict() throws IOException {
        for (String name : List.of(
                "autoreap",
                "group-kill",
                "make-j2",
                "mt-exec",
                "orphans",
                "pid-namespace",
                "ptrace",
                "shell-pipelines",
                "sigchld",
                "storm",
                "subreaper",
                "threads",
                "zombies")) {
            assertClean(replay("traces/" + name + ".trace.gz", ReplayOptions.DEFAULT));
        }
    }

    @Test
    void withoutReadersAndWithMany() throws IOException {
        assertClean(replay("traces/mt-exec.trace.gz", new ReplayOptions(0, ReplayOptions.DEFAULT.layout())));
        assertClean(replay("traces/mt-exec.trace.gz", new ReplayOptions(8, ReplayOptions.DEFAULT.layout())));
    }
}

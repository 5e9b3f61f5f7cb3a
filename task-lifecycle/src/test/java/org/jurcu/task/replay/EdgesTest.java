package org.jurcu.task.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jurcu.task.load.LoadGenerator;
import org.jurcu.task.load.LoadOptions;
import org.jurcu.task.load.Mix;
import org.jurcu.task.trace.TraceReader;

/** With all edges every order that they allow is clean; without one of them some order is not. */
@ResourceLock("refcount warnings")
@Tag("unchecked")
class EdgesTest {
    private static final int CLEAN_ORDERS = 3;
    private static final int ORDERS = 40;
    private static final int SMALL_PID_MAX = 700;

    /** A recording of the resources (those of edges/ are written by hand), or one that is generated: {@code mix:seed:cpus:tasks}. */
    private static TraceReader open(String name) throws IOException {
        if (!name.contains(":")) {
            InputStream in = EdgesTest.class.getResourceAsStream("/" + name);
            return TraceReader.of(in, name);
        }
        String[] parts = name.split(":", -1);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        LoadGenerator.write(
                text,
                new LoadOptions(
                        Long.parseLong(parts[1]),
                        Integer.parseInt(parts[2]),
                        Integer.parseInt(parts[3]),
                        Mix.parse(parts[0]),
                        SMALL_PID_MAX));
        return TraceReader.of(new ByteArrayInputStream(text.toByteArray()), name);
    }

    private static List<ReplayReport.Mismatch> play(String name, EnumSet<Edge> without, long seed) throws IOException {
        try (TraceReader trace = open(name)) {
            return PlannedReplay.play(trace, without, seed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "traces/autoreap.trace.gz",
                "traces/mt-exec.trace.gz",
                "traces/pid-namespace.trace.gz",
                "traces/sigchld.trace.gz",
                "traces/subreaper.trace.gz",
                "more-traces/job-control.trace.gz",
                "more-traces/thread-groups.trace.gz",
                "edges/late-end.trace",
                "edges/reuse.trace",
                "edges/tracer.trace",
                "all:1:2:700"
            })
    void everyOrderThatTheEdgesAllowIsClean(String name) throws IOException {
        for (int seed = 1; seed <= CLEAN_ORDERS; seed++) {
            assertEquals(List.of(), play(name, EnumSet.noneOf(Edge.class), seed), "order " + seed);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FORK, more-traces/job-control.trace.gz, cannot be played",
        "SWITCH, more-traces/job-control.trace.gz, a task that exits runs no other program",
        "END, edges/late-end.trace, a task is switched out for the last time after its exit",
        "KIN, more-traces/thread-groups.trace.gz, ends are told in racy order as",
        "REAP, more-traces/job-control.trace.gz, in racy order it is no zombie",
        "LAST_THREAD, more-traces/job-control.trace.gz, in racy order it is no zombie",
        "EXEC, traces/mt-exec.trace.gz, other threads must exit first",
        "REUSE, edges/reuse.trace, pid 100 is in use",
        "INHERIT, traces/sigchld.trace.gz, 'in racy order, in the recording''s it reaped itself'",
        "TRACER, edges/tracer.trace, 'ends are told in racy order as [100 to 10], in the recording''s as [100 to 20]'",
        "NO_CHILD, traces/autoreap.trace.gz, 'wait returned -ECHILD (no child), in racy order there is one'",
        "UPHEAVAL, traces/pid-namespace.trace.gz, ends are told in racy order as",
    })
    void withoutAnEdgeSomeOrderIsNot(Edge edge, String name, String what) throws IOException {
        for (int seed = 1; seed <= ORDERS; seed++) {
            if (play(name, EnumSet.of(edge), seed).stream()
                    .anyMatch(mismatch -> mismatch.what().contains(what))) {
                return;
            }
        }
        fail("none of " + ORDERS + " orders");
    }
}

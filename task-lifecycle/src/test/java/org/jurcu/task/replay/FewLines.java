package org.jurcu.task.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import org.jurcu.task.trace.TraceReader;

/** Recordings of a few lines by hand, among the tests' resources. */
final class FewLines {
    private FewLines() {}

    /** Replays one in each order: without a mismatch, and as {@code check} wants it. */
    static void replay(String name, Consumer<ReplayReport> check) throws IOException {
        for (ReplayOptions how : List.of(ReplayOptions.DEFAULT, ReplayOptions.DEFAULT.racy(0))) {
            try (InputStream in = FewLines.class.getResourceAsStream("/" + name + ".trace");
                    TraceReader trace = TraceReader.of(in, name)) {
                ReplayReport report = Replay.run(trace, how);
                assertEquals(List.of(), report.mismatches(), () -> name + " as " + how);
                check.accept(report);
                assertTrue(report.passed());
            }
        }
    }
}

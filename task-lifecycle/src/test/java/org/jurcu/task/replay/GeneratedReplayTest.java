package org.jurcu.task.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.jurcu.task.load.LoadGenerator;
import org.jurcu.task.load.LoadOptions;
import org.jurcu.task.load.Mix;
import org.jurcu.task.trace.TraceReader;

/** What a machine with many CPUs does and no bundled recording shows. */
@ResourceLock("refcount warnings")
class GeneratedReplayTest {
    static ReplayReport replay(LoadOptions options, ReplayOptions how) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        LoadGenerator.write(text, options);
        try (TraceReader trace = TraceReader.of(new ByteArrayInputStream(text.toByteArray()), "generated")) {
            return Replay.run(trace, how);
        }
    }

    private static void assertClean(LoadOptions options, ReplayReport report) {
        RecordingsReplayTest.assertClean(report);
        assertEquals(options.tasks(), report.matched());
    }

    /**
     * {@code exec} has given its thread the leader's number, and the leader the thread's; neither has told of it when a CPU
     * switches the leader in, once more, while the thread runs on another. Seed 42 makes such a recording.
     */
    @Test
    void aLeaderThatIsSwitchedInUnderTheNumberOfItsRunningThread() throws IOException {
        LoadOptions options = new LoadOptions(42, 8, 120, Mix.parse("exec-thread=1"), LoadOptions.PID_MAX);
        assertClean(options, replay(options, new ReplayOptions(0, ReplayOptions.DEFAULT.layout())));
    }

    /** More CPUs than processors: each worker has several, or each CPU a thread. */
    @Test
    void manyCpusInRacyOrder() throws IOException {
        LoadOptions options = LoadOptions.of(3, 40, 200);
        for (long seed = 0; seed < 2; seed++) {
            ReplayReport report = replay(options, ReplayOptions.DEFAULT.racy(seed));
            assertClean(options, report);
            assertEquals(40, report.cpus());
        }
    }
}

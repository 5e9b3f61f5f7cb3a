package org.jurcu.task.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jurcu.task.TaskLayout;

/** The kernel as oracle while every CPU's thread runs as fast as it can. */
@ResourceLock("refcount warnings")
class RacyReplayTest {
    static Stream<Arguments> recordingsOnLayouts() {
        return LayoutsReplayTest.recordingsOnLayouts();
    }

    @ParameterizedTest
    @MethodSource("recordingsOnLayouts")
    void everyLayoutFreesWhatTheKernelFreed(TaskLayout layout, String name) throws IOException {
        // Half of them held up.
        long seed = (layout.name() + name).length() % 2;
        ReplayReport report =
                RecordingsReplayTest.replay("traces/" + name + ".trace.gz", new ReplayOptions(2, layout).racy(seed));
        RecordingsReplayTest.assertClean(report);
        assertEquals("racy", report.order());
        assertEquals(2, report.cpus());
    }
}

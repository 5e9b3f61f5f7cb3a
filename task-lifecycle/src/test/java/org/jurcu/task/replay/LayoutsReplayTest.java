package org.jurcu.task.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jurcu.task.TaskLayout;

/** The kernel as oracle of each layout: while everybody keeps to its rules, all four free the same tasks. */
@ResourceLock("refcount warnings")
class LayoutsReplayTest {
    private static final List<String> RECORDINGS = List.of(
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
            "zombies");

    static Stream<Arguments> recordingsOnLayouts() {
        return Arrays.stream(TaskLayout.values())
                .flatMap(layout -> RECORDINGS.stream().map(name -> Arguments.of(layout, name)));
    }

    @ParameterizedTest
    @MethodSource("recordingsOnLayouts")
    void everyLayoutFreesWhatTheKernelFreed(TaskLayout layout, String name) throws IOException {
        ReplayReport report = RecordingsReplayTest.replay("traces/" + name + ".trace.gz", new ReplayOptions(2, layout));
        RecordingsReplayTest.assertClean(report);
        assertEquals(layout.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), report.layout());
    }
}

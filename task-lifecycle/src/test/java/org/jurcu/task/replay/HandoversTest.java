package org.jurcu.task.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A few lines each of what only a late event shows: who was to reap a task has handed it on. docs/replay.md §3. */
@ResourceLock("refcount warnings")
class HandoversTest {
    @ParameterizedTest
    @CsvSource({
        "tracer-lets-zombie-go, 4",
        "tracer-lets-go-in-silence, 4",
        "no-child-after-silence, 4",
        "parent-before-tracer, 3",
        "no-child-before-tracer, 4",
        "orphan-of-dying-namespace, 4",
        "zombie-back-to-its-parent, 6",
        "zombie-to-far-reaper, 4",
        "zombie-on-its-last-steps, 5",
        "zombie-to-its-tracer, 4",
        "zombies-to-two-shells, 4",
        "thread-of-a-shell, 1",
        "tracer-behind-leader, 3",
        "orphan-to-unknown-reaper, 2"
    })
    void isSeenAsItWas(String name, int forks) throws IOException {
        FewLines.replay("handovers/" + name, report -> {
            assertEquals(forks, report.exits());
            assertEquals(report.sigchldCompared(), report.sigchldMatched());
        });
    }
}

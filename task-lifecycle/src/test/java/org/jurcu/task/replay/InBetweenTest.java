package org.jurcu.task.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A few lines each of a wait whose result was true at one moment only, neither at its call nor at its return. docs/replay.md §2. */
@ResourceLock("refcount warnings")
class InBetweenTest {
    @ParameterizedTest
    @CsvSource({
        "child-of-ended-thread, 1",
        "child-reaped-by-sibling, 2",
        "child-reaped-itself, 2",
        "forked-and-ended, 1",
        "last-thread-ends, 2",
        "orphan-comes, 2",
        "tracee-let-go, 1",
        "tracee-lost-in-exec, 1",
        "tracer-reaps, 3",
        "tracing-thread-ends, 2",
        "waitid-after-sibling, 3"
    })
    void theWaitSawIt(String name, int waits) throws IOException {
        FewLines.replay("in-between/" + name, report -> assertEquals(waits, report.waitResultsMatched()));
    }
}

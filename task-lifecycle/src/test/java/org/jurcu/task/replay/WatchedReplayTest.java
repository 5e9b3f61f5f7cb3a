package org.jurcu.task.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jurcu.task.CountChange;
import org.jurcu.task.CountHistory;
import org.jurcu.task.TaskLayout;

/** A replay fills the history that it is given. */
@ResourceLock("refcount warnings")
class WatchedReplayTest {
    @ParameterizedTest
    @EnumSource
    void everyLifetimeIsTold(TaskLayout layout) throws IOException {
        CountHistory history = new CountHistory(16, 4096, Replay.current());
        ReplayReport report =
                RecordingsReplayTest.replay("traces/storm.trace.gz", new ReplayOptions(2, layout).watchedBy(history));
        RecordingsReplayTest.assertClean(report);
        List<CountHistory.Lifetime> ended = history.lifetimes().stream()
                .filter(CountHistory.Lifetime::ended)
                .toList();
        assertEquals(report.kernelFrees(), ended.size());
        for (CountHistory.Lifetime life : ended) {
            CountChange birth = life.changes().get(0);
            assertTrue(birth.place().startsWith("Fork.link"), birth::toString);
            assertTrue(birth.line() > 0 && birth.cpu() >= 0 && birth.current() > 0, birth::toString);
            assertTrue(birth.thread().equals("jurcu-replay-cpu" + birth.cpu()), birth::toString);
            assertTrue(
                    life.changes().stream().anyMatch(c -> c.place().startsWith("Scheduler.finishTaskSwitch")),
                    () -> "" + life);
            assertTrue(
                    life.changes().stream().anyMatch(c -> c.place().startsWith("Exit.delayedPutTaskStruct")),
                    () -> "" + life);
            long deaths = life.changes().stream()
                    .filter(c -> c.count() == CountChange.Count.USAGE && c.after() == 0)
                    .count();
            assertEquals(1, deaths, () -> "" + life);
        }
    }
}

package org.jurcu.task.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Memory stays what it is, whatever the input. */
class MemoryTest {
    private static final String SWITCH = Recordings.HEAD
            + "sched_switch: prev_comm=bash prev_pid=14832 prev_prio=120 prev_state=S ==> next_comm=make"
            + " next_pid=14834 next_prio=120\n";

    /** Two million events, every name of which is new, and names of unknown events that are new as well. */
    @Test
    @Timeout(240)
    void aLongRecordingIsNotKept() throws IOException {
        int times = 500_000;
        String lines =
                "            n@@@@@@@-1@@@@@  [001] d..2. 4097.769763: sched_process_fork: comm=p@@@@@@@ pid=1@@@@@"
                        + " child_comm=c@@@@@@ child_pid=1@@@@@\n"
                        + Recordings.HEAD + "sched_process_exec: filename=/home/@@@@@@@/" + "d@@@@@@@/".repeat(8)
                        + " pid=1 old_pid=2\n"
                        + Recordings.HEAD + "sched_process_free: comm=f@@@@@@@ pid=1@@@@@ prio=1@@\n"
                        + Recordings.HEAD + "function_@@@@@@@ <-caller_@@@@@@@\n"
                        + Recordings.HEAD + "sched_process_exit: comm=e@@@@@@@ pid=1@@@@@ prio=1@@ group_dead=true\n"
                        + "# comment @@@@@@@\n";
        long before = usedAfterGc();
        try (TraceReader reader = TraceReader.of(new EndlessLines(lines, times), "t")) {
            for (TraceEvent event = reader.next(); event != null; event = reader.next()) {
                assertTrue(event.line() > 0);
            }
            assertEquals(4L * times, reader.events());
            assertEquals(times, reader.skipped());
            // kept, an event would be a hundred bytes at least and all of them 200 MB
            long grown = usedAfterGc() - before;
            assertTrue(grown < 16L << 20, "the heap has grown by " + grown + " bytes");
            assertEquals(6L * times, reader.line());
        }
    }

    /** What an event costs: itself, not its text. */
    @Test
    void anEventCostsItself() throws IOException, ReflectiveOperationException {
        double perEvent = allocatedPerLine(SWITCH);
        // Context and Switch are 40 and 48 bytes with compressed references, 48 and 72 without
        assertTrue(perEvent >= 0 && perEvent <= 128, perEvent + " bytes an event");
    }

    @Test
    void anUnknownEventCostsNothing() throws IOException, ReflectiveOperationException {
        double perEvent = allocatedPerLine(Recordings.HEAD + "sched_wakeup: comm=bash pid=1 prio=120 target_cpu=000\n");
        assertTrue(perEvent < 1, perEvent + " bytes an event");
    }

    @Test
    void aCommentCostsNothing() throws IOException, ReflectiveOperationException {
        double perLine = allocatedPerLine("# no event\n");
        assertTrue(perLine < 1, perLine + " bytes a line");
    }

    /** Reads that line many times, and one event at last; the reader's own buffers are not counted. */
    private static double allocatedPerLine(String line) throws IOException, ReflectiveOperationException {
        int times = 200_000;
        AllocatedBytes allocated = new AllocatedBytes();
        InputStream in = new SequenceInputStream(
                Recordings.stream(SWITCH),
                new SequenceInputStream(new EndlessLines(line, times), Recordings.stream(SWITCH)));
        try (TraceReader reader = TraceReader.of(in, "t")) {
            long lines = reader.next().line();
            long before = allocated.now();
            for (TraceEvent event = reader.next(); event != null; event = reader.next()) {
                lines = event.line();
            }
            long after = allocated.now();
            assertEquals(times + 2, lines);
            return (after - before) / (double) times;
        }
    }

    private static long usedAfterGc() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}

package org.jurcu.task.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events that the reader does not know are counted, by name. */
class SkippedEventsTest {
    private static final String FREE = Recordings.HEAD + "sched_process_free: comm=a pid=1 prio=2\n";

    @Test
    void areCountedByName() throws IOException {
        StringBuilder text = new StringBuilder(FREE);
        for (String body : List.of(
                "sched_wakeup: comm=a pid=1 prio=120 target_cpu=000",
                "sched_wakeup: comm=b pid=2 prio=120 target_cpu=000",
                "sys_openat(dfd: 0xffffff9c, filename: 0x7f, flags: 0x80000, mode: 0)",
                "sys_openat -> 0x3",
                "sys_wait4x -> 0x3",
                "sched_switch_more: a",
                "sched_switc: a",
                "sys_enter: NR 61 (1, 2, 3, 4, 5, 6)",
                "tracing_mark_write: anything [000] at all",
                "mutex_unlock <-rb_simple_write",
                "do_exit",
                "<user stack trace>")) {
            text.append(Recordings.HEAD).append(body).append('\n');
        }
        try (TraceReader reader = Recordings.reader(text + FREE)) {
            assertEquals(1, reader.next().line());
            assertEquals(0, reader.skipped());
            assertEquals(14, reader.next().line());
            assertNull(reader.next());
            assertEquals(2, reader.events());
            assertEquals(12, reader.skipped());
            Map<String, Long> names = reader.skippedByName();
            assertEquals(
                    "{<user stack trace>=1, do_exit=1, mutex_unlock=1, sched_switc=1, sched_switch_more=1,"
                            + " sched_wakeup=2, sys_enter=1, sys_openat=2, sys_wait4x=1, tracing_mark_write=1}",
                    names.toString());
            assertThrows(UnsupportedOperationException.class, () -> names.put("x", 1L));
        }
    }

    /** The function tracer would name every function of the kernel. */
    @Test
    void namesAreBounded() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            text.append(Recordings.HEAD).append("function_").append(i % 1_500).append(" <-caller\n");
        }
        try (TraceReader reader = Recordings.reader(text + FREE)) {
            assertEquals(3_001, reader.next().line());
            assertEquals(3_000, reader.skipped());
            Map<String, Long> names = reader.skippedByName();
            assertEquals(1_025, names.size());
            assertEquals(2, names.get("function_0"));
            assertEquals(2, names.get("function_1023"));
            assertNull(names.get("function_1024"));
            assertEquals(2 * 476, names.get("(others)"));
        }
    }

    /** The header of an unknown event is checked all the same. */
    @Test
    void theirHeadersAreChecked() throws IOException {
        try (TraceReader reader = Recordings.reader("bash-1 [99999] 1.000000: irq: x\n")) {
            assertEquals(
                    "t:1: the CPU is out of range: expected 0 to 8191 but found 99999",
                    assertThrows(TraceFormatException.class, reader::next).getMessage());
        }
    }
}

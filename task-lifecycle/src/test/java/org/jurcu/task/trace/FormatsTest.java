package org.jurcu.task.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same recording as ftrace, trace-cmd and perf print it. */
class FormatsTest {
    private static final String FTRACE =
            "            true-12      [001] d..2. 5.000001: sched_process_free: comm=a pid=7 prio=120\n";
    private static final String TRACE_CMD =
            "            true-12    [001] 5.000001: sched_process_free:   comm=a pid=7 prio=120\n";
    private static final String PERF =
            "            true    12 [001]     5.000001:   sched:sched_process_free: comm=a pid=7 prio=120\n";

    private static String resource(String name) throws IOException {
        try (InputStream in = FormatsTest.class.getResourceAsStream("formats/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<TraceEvent> expecting(TraceFormat format, String text) throws IOException {
        TraceReader reader = Recordings.reader(text);
        List<TraceEvent> events = Recordings.all(reader);
        assertEquals(format, reader.format());
        assertEquals(Map.of(), reader.skippedByName());
        assertEquals(0, reader.lostEvents());
        return events;
    }

    /** What an event says, without where and when. */
    private static String said(TraceEvent event) {
        return event.toString()
                .replaceFirst("context=Context\\[.*?, timeNanos=\\d+, line=\\d+\\]", event.cpu() + " " + event.pid());
    }

    private static List<String> withoutLines(List<TraceEvent> events) {
        return events.stream()
                .map(event -> event.toString().replaceFirst("line=\\d+", ""))
                .toList();
    }

    @Test
    void oneRingBufferPrintedByTraceCmd() throws IOException {
        List<TraceEvent> ftrace = expecting(TraceFormat.FTRACE, resource("lives.ftrace.txt"));
        assertEquals(126, ftrace.size());
        assertEquals(
                withoutLines(ftrace), withoutLines(expecting(TraceFormat.TRACE_CMD, resource("lives.trace-cmd.txt"))));
    }

    @Test
    void oneWorkloadRecordedByPerf() throws IOException {
        List<TraceEvent> ftrace = expecting(TraceFormat.FTRACE, resource("lives.ftrace.txt"));
        List<TraceEvent> perf = expecting(TraceFormat.PERF, resource("lives.perf.txt"));
        assertEquals(
                ftrace.stream().map(FormatsTest::said).toList(),
                perf.stream().map(FormatsTest::said).toList());
        IntStream.range(0, perf.size()).forEach(i -> {
            long later = perf.get(i).timeNanos() - ftrace.get(i).timeNanos();
            assertTrue(later >= 0 && later < 20_000, () -> later + " ns after " + ftrace.get(i));
        });
        // perf remembers names as they were at the event
        assertEquals("bash", perf.get(0).comm());
        assertEquals(
                "a: b=1 [0]",
                perf.stream()
                        .filter(e -> e.pid() == 15635)
                        .reduce((a, b) -> b)
                        .orElseThrow()
                        .comm());
    }

    private static List<String> recordings() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/traces"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".trace.gz"))
                    .map(name -> name.replace(".trace.gz", ""))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void everyRecordingRewritten(String name) throws IOException {
        List<String> lines = Recordings.lines(name);
        List<TraceEvent> ftrace = expecting(TraceFormat.FTRACE, text(lines));
        List<String> events =
                lines.stream().filter(line -> !line.startsWith("#")).toList();
        assertEquals(
                withoutLines(ftrace),
                withoutLines(expecting(
                        TraceFormat.TRACE_CMD,
                        "cpus=2\n"
                                + text(events.stream().map(Rewriter::traceCmd).toList()))));
        assertEquals(
                withoutLines(ftrace),
                withoutLines(expecting(
                        TraceFormat.PERF,
                        text(events.stream().map(Rewriter::perf).toList()))));
    }

    private static String text(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    @Test
    void zombiesOfThePluginAreNotGuessed() throws IOException {
        String plugins = resource("plugins.trace-cmd.txt");
        assertEquals(
                "t:4: sched_switch: expected 'prev_comm=' but found the short form of trace-cmd's plugin, which does"
                        + " not tell a zombie from a dead task: print the recording with trace-cmd report -N",
                assertThrows(TraceFormatException.class, () -> Recordings.all(plugins))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FTRACE + TRACE_CMD + "|2: 1 ftrace trace-cmd report",
                FTRACE + PERF + "|2: 1 ftrace perf script",
                TRACE_CMD + "\n" + FTRACE + "|3: 1 trace-cmd report ftrace",
                TRACE_CMD + PERF + "|2: 1 trace-cmd report perf script",
                PERF + PERF + FTRACE + "|3: 1 perf script ftrace or trace-cmd report",
                PERF + "cpus=2\n|2: 1 perf script trace-cmd report",
                "# tracer: nop\n#\n" + PERF + "|3: 1 ftrace perf script",
                "cpus=2\n" + FTRACE + "|2: 1 trace-cmd report ftrace",
                FTRACE + "CPU:1 [EVENTS DROPPED]\n|2: 1 ftrace trace-cmd report",
                TRACE_CMD + "            true-12    [001] 6.000001: sys_wait4 -> 0x1\n|2: 1 trace-cmd report ftrace",
                FTRACE + "            true-12    [001] 6.000001: sys_exit_wait4:    0x1\n|2: 1 ftrace trace-cmd report",
            })
    void mixedFormats(String textAndLines) {
        int bar = textAndLines.lastIndexOf('|');
        String[] expected = textAndLines.substring(bar + 1).split(" ", 3);
        for (String first : List.of("ftrace", "trace-cmd report", "perf script")) {
            if (expected[2].startsWith(first)) {
                assertEquals(
                        "t:" + expected[0] + " the recording mixes formats: line " + expected[1] + " is " + first
                                + " text, but this line is " + expected[2].substring(first.length() + 1)
                                + " text: expected one format throughout",
                        assertThrows(TraceFormatException.class, () -> Recordings.all(textAndLines.substring(0, bar)))
                                .getMessage());
                return;
            }
        }
        throw new AssertionError(expected[2]);
    }

    @ParameterizedTest
    @EnumSource
    void tornText(TraceFormat format) {
        String whole = Map.of(TraceFormat.FTRACE, FTRACE, TraceFormat.TRACE_CMD, TRACE_CMD, TraceFormat.PERF, PERF)
                .get(format);
        String message = assertThrows(
                        TraceFormatException.class,
                        () -> Recordings.all(whole + whole.substring(0, whole.length() - 3)))
                .getMessage();
        assertTrue(message.startsWith("t:2: the recording is cut off in the middle of a line"), message);
    }

    @Test
    void whatIsNoLineOfPerf() {
        assertEquals(
                "t:2: expected an event line, TASK PID [CPU] TIME: EVENT, but found 'hello'",
                assertThrows(TraceFormatException.class, () -> Recordings.all(PERF + "hello\n"))
                        .getMessage());
        assertEquals(
                "t:2: sched_process_free: expected a decimal number for pid but found 'x'",
                assertThrows(TraceFormatException.class, () -> Recordings.all(PERF + PERF.replace("=7", "=x")))
                        .getMessage());
    }

    @Test
    void lostEventsOfTraceCmd() throws IOException {
        TraceReader reader = Recordings.reader("version = 6\ncpus=8\njt: CPU:1 [EVENTS DROPPED]\n" + TRACE_CMD
                + "CPU:7 [204600 EVENTS DROPPED]\n" + TRACE_CMD);
        assertEquals(2, Recordings.all(reader).size());
        assertEquals(204_601, reader.lostEvents());
        assertEquals(8, reader.declaredCpus());
    }

    @Test
    void lostEventsAndCallChainsOfPerf() throws IOException {
        TraceReader reader = Recordings.reader("# ========\n# captured on    : a day\n# ========\n#\n"
                + "         swapper     0 [000]     0.000000: PERF_RECORD_FORK(1:1):(0:0)\n"
                + PERF
                + "\tffffffff81000000 schedule+0x10 ([kernel.kallsyms])\n\n"
                + " C2 CompilerThre 15876 [000] 26526.709911: PERF_RECORD_LOST lost 42\n"
                + "            true 12/13    [001]     5.000001123:   sched:sched_process_free: comm=a pid=7 prio=120\n"
                + "            true    12 [001]     5.000002:          sched:sched_wakeup: comm=a pid=7\n"
                + "            true    12 [001]     5.000002:          cycles:P:  1234\n"
                + "            true    12 [001]     5.000003:   other:sched_process_free: comm=a pid=7 prio=120\n");
        List<TraceEvent> events = Recordings.all(reader);
        assertEquals(List.of(12, 13), events.stream().map(TraceEvent::pid).toList());
        assertEquals(5_000_001_123L, events.get(1).timeNanos());
        assertEquals(42, reader.lostEvents());
        assertEquals(
                Map.of(
                        "PERF_RECORD_FORK",
                        1L,
                        "sched:sched_wakeup",
                        1L,
                        "cycles:P",
                        1L,
                        "other:sched_process_free",
                        1L),
                reader.skippedByName());
    }

    @Test
    void theFormatIsTold() throws IOException {
        try (TraceReader reader = Recordings.reader(PERF)) {
            assertNull(reader.format());
            reader.next();
            assertEquals("perf script", reader.format().toString());
        }
    }
}

package org.jurcu.task.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What is refused, and in which words. */
class MalformedTest {
    private static final String GOOD = Recordings.HEAD + "sched_process_free: comm=a pid=1 prio=2\n";

    private static TraceFormatException refused(String text) throws IOException {
        try (TraceReader reader = Recordings.reader(text)) {
            return assertThrows(TraceFormatException.class, () -> {
                while (reader.next() != null) {}
            });
        }
    }

    /** The table: a line, or an event behind a good header (...), and the sentence. */
    @ParameterizedTest
    @CsvFileSource(
            resources = "/org/jurcu/task/trace/malformed.txt",
            delimiterString = " >>> ",
            quoteCharacter = '\u0001',
            ignoreLeadingAndTrailingWhitespace = false,
            maxCharsPerColumn = 10_000)
    void isRefusedInTheseWords(String line, String problem) throws IOException {
        String whole = line.startsWith("...") ? Recordings.HEAD + line.substring(3) : line;
        TraceFormatException e = refused(GOOD + whole + "\n");
        assertEquals("t:2: " + problem, e.getMessage());
        assertEquals("t", e.file());
        assertEquals(2, e.line());
    }

    @Test
    void timeGoesBackwards() throws IOException {
        String earlier = GOOD.replace("4097.769763", "4097.769762");
        assertEquals(
                "t:3: time goes backwards on CPU 1: expected 4097.769763 or later but found 4097.769762",
                refused(GOOD + GOOD + earlier).getMessage());
        assertEquals(
                "t:2: time goes backwards on CPU 1: expected 4097.769763 or later but found 4097.769762999",
                refused(GOOD + GOOD.replace("4097.769763", "4097.769762999")).getMessage());
        String unknown = "            bash-1234    [001] d..2. 5000.000000: irq_entry: irq=1\n";
        assertEquals(
                "t:2: time goes backwards on CPU 1: expected 5000.000000 or later but found 4097.769763",
                refused(unknown + GOOD).getMessage());
    }

    /** trace_pipe is not merged: another CPU may be behind. */
    @Test
    void timeMayDifferBetweenCpus() throws IOException {
        String behind = GOOD.replace("[001]", "[8191]").replace("4097.", "4096.");
        String first = GOOD.replace("[001]", "[000]").replace("4097.", "0.");
        assertEquals(
                6, Recordings.all(GOOD + behind + first + GOOD + behind + first).size());
    }

    @Test
    void nothingToReplay() throws IOException {
        assertEquals(
                "t:0: the recording is empty: expected ftrace text", refused("").getMessage());
        String expected = "the recording holds no event of a task's life:"
                + " expected some of sched_process_*, sched_switch and task_newtask";
        assertEquals("t:1: " + expected, refused("\n").getMessage());
        assertEquals("t:2: " + expected, refused("# tracer: nop\n#\n").getMessage());
        assertEquals(
                "t:2: " + expected + " but found only 2 of other kinds",
                refused((Recordings.HEAD + "irq_entry: irq=1\n").repeat(2)).getMessage());
    }

    @Test
    void longLines() throws IOException {
        String problem = "the line is longer than 65536 bytes, which no event is: this is not ftrace text";
        assertEquals(
                "t:2: " + problem, refused(GOOD + "x".repeat(65_537) + "\n").getMessage());
        assertEquals("t:2: " + problem, refused(GOOD + "x".repeat(1_000_000)).getMessage());
        String longest = Recordings.HEAD + "tracing_mark_write: ";
        longest += "x".repeat(65_536 - longest.length());
        assertEquals(1, Recordings.all(GOOD + longest + "\n").size());
        assertEquals("t:2: " + problem, refused(GOOD + longest + "x\n").getMessage());
    }

    @Test
    void binaryData() throws IOException {
        byte[] garbage = new byte[200_000];
        new Random(5).nextBytes(garbage);
        garbage[0] = 1;
        try (TraceReader reader = TraceReader.of(new ByteArrayInputStream(garbage), "t")) {
            TraceFormatException e = assertThrows(TraceFormatException.class, reader::next);
            assertEquals("t:1: expected text but found the byte 1 in column 1", e.getMessage());
        }
    }

    @Test
    void anErrorStays() throws IOException {
        try (TraceReader reader = Recordings.reader(GOOD + "nonsense\n" + GOOD)) {
            assertEquals(TraceEvent.Kind.FREE, reader.next().kind());
            TraceFormatException e = assertThrows(TraceFormatException.class, reader::next);
            assertSame(e, assertThrows(TraceFormatException.class, reader::next));
            assertEquals(1, reader.events());
            assertEquals(2, reader.line());
        }
    }
}

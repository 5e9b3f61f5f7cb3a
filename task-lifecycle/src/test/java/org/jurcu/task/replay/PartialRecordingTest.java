package org.jurcu.task.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jurcu.task.trace.TraceFormatException;
import org.jurcu.task.trace.TraceReader;

/** Recordings that begin in the middle, end early, or are torn. */
@Tag("any-fence")
@ResourceLock("refcount warnings")
class PartialRecordingTest {
    static List<String> lines(String name) throws IOException {
        try (InputStream in = PartialRecordingTest.class.getResourceAsStream("/traces/" + name + ".trace.gz")) {
            return new String(new GZIPInputStream(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    static ReplayReport replay(List<String> lines) throws IOException {
        return replay(String.join("\n", lines) + "\n");
    }

    private static ReplayReport replay(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (TraceReader trace = TraceReader.of(new ByteArrayInputStream(bytes), "part")) {
            return Replay.run(trace, ReplayOptions.DEFAULT);
        }
    }

    private static void assertSound(ReplayReport report) {
        assertEquals(0, report.earlyFrees(), "earlyFrees");
        assertEquals(0, report.doubleFrees(), "doubleFrees");
        assertEquals(0, report.leaks(), () -> "leaks " + report.mismatches());
        assertEquals(0, report.warnings(), "warnings");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"autoreap", "group-kill", "make-j2", "mt-exec", "orphans", "pid-namespace", "sigchld", "threads"
            })
    void anEarlyEndIsNoDifference(String name) throws IOException {
        List<String> lines = lines(name);
        for (int tenth = 1; tenth < 10; tenth++) {
            ReplayReport report = replay(lines.subList(0, lines.size() * tenth / 10));
            assertSound(report);
            assertEquals(List.of(), report.mismatches(), name + " cut after " + tenth + " tenths");
            assertEquals(report.kernelFrees(), report.matched());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"make-j2", "shell-pipelines", "storm", "threads", "mt-exec", "pid-namespace"})
    void aBeginningInTheMiddleIsSaid(String name) throws IOException {
        List<String> lines = lines(name);
        for (int tenth = 1; tenth < 10; tenth++) {
            ReplayReport report = replay(lines.subList(lines.size() * tenth / 10, lines.size()));
            assertSound(report);
            assertEquals(List.of(), report.mismatches(), name + " from tenth " + tenth);
            assertEquals(report.kernelFrees(), report.matched());
            assertTrue(
                    report.notes().stream().anyMatch(note -> note.contains("never forked in the recording")),
                    () -> "notes " + report.notes());
        }
    }

    /** Events lost at random: differences are found or not, but the model stays sound and nothing hangs. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void lostEventsDoNotBreakTheModel(long seed) throws IOException {
        Random random = new Random(seed);
        for (String name : List.of("storm", "mt-exec", "pid-namespace", "sigchld", "ptrace")) {
            List<String> left = lines(name).stream()
                    .filter(line -> line.startsWith("#") || random.nextInt(100) >= seed)
                    .toList();
            assertSound(replay(left));
        }
    }

    @Test
    void aTornLineIsAnErrorWithItsPlace() throws IOException {
        String text = String.join("\n", lines("zombies"));
        TraceFormatException e =
                assertThrows(TraceFormatException.class, () -> replay(text.substring(0, text.length() - 20)));
        assertTrue(e.getMessage().startsWith("part:102:"), e.getMessage());
    }

    @Test
    void unknownEventsAreSkippedAndSaid() throws IOException {
        String line = "            bash-14834   [001] ..... 4097.983000: softirq_raise: vec=9 [action=RCU]\n";
        ReplayReport report = replay(String.join("\n", lines("zombies").subList(0, 60)) + "\n" + line + line);
        assertEquals(2, report.skipped());
        assertTrue(report.notes().contains("skipped events softirq_raise: 2"), () -> "notes " + report.notes());
    }
}

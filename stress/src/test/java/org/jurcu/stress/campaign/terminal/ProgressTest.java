package org.jurcu.stress.campaign.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void withoutATerminalThereAreOnlyWholeLinesAndNotTooMany() {
        AtomicLong clock = new AtomicLong();
        PlainProgress progress = new PlainProgress(out, clock::get, false);
        progress.begin("stress");
        for (int i = 1; i <= 30; i++) {
            clock.addAndGet(1_000_000_000L);
            progress.step(i, 30, "tests");
        }
        progress.end("pass");
        assertEquals("""
                stress ...
                stress: 10 of 30 tests
                stress: 20 of 30 tests
                stress: 30 of 30 tests
                stress: pass
                """, printed().replace(System.lineSeparator(), "\n"));
    }

    @Test
    void workThatIsDoneAtOnceLeavesNoLine() {
        PlainProgress progress = PlainProgress.stepsOnly(out);
        progress.begin("replay");
        progress.step(0, 1, "recordings");
        progress.end("pass");
        assertEquals("", printed());
        progress.note("a note");
        assertEquals("a note" + System.lineSeparator(), printed());
    }

    @Test
    void onATerminalALineNeverWraps() {
        TerminalProgress progress = new TerminalProgress(out, 60);
        progress.begin("bench");
        progress.step(1, 2, "a very long name that does not fit into any line of this narrow terminal");
        for (String line : printed().split("\r\033\\[K", -1)) {
            assertTrue(line.length() < 60, line);
        }
        assertTrue(printed().contains("[============            ]  50%"), printed());
        assertFalse(printed().contains("\n"));
        progress.end("pass");
        assertTrue(printed().endsWith("bench   pass" + System.lineSeparator()));
    }

    @Test
    void columnsAreAlignedAndNumbersStandRight() {
        TextTable table = new TextTable("name", "count");
        table.row("a", "5");
        table.row("longer", "1,234");
        table.print(out);
        assertEquals("""
                name    count
                a           5
                longer  1,234
                """, printed().replace(System.lineSeparator(), "\n"));
        assertThrows(IllegalArgumentException.class, () -> table.row("alone"));
    }
}

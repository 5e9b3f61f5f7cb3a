package org.jurcu.stress.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before the kernel is asked for anything. */
class CaptureCommandTest {
    @TempDir
    Path dir;

    private String refusal(Object... arguments) {
        Desk desk = new Desk(dir);
        assertEquals(2, desk.run(arguments));
        assertEquals(1, desk.err().strip().lines().count(), desk.err());
        return desk.err().strip();
    }

    @Test
    void withoutACommand() {
        assertTrue(refusal("capture").contains("COMMAND"));
    }

    @Test
    void whereNothingCanBeWritten() {
        assertTrue(refusal("capture", "-o", dir.resolve("no/x.trace"), "--", "true")
                .contains("there is no directory"));
        assertTrue(refusal("capture", "-o", dir, "--", "true").contains("cannot be written"));
    }

    @Test
    void sizesThatAreNone() {
        String sentence = "campaign: --buffer-kib must be 1 or more and --settle-ms 0 or more";
        assertEquals(sentence, refusal("capture", "--buffer-kib", "0", "true"));
        assertEquals(sentence, refusal("capture", "--settle-ms=-1", "true"));
    }

    @Test
    void theCommandsOptionsAreItsOwn() {
        assertTrue(refusal("capture", "-o", dir, "ls", "--no-such-option", "-l").contains("cannot be written"));
    }
}

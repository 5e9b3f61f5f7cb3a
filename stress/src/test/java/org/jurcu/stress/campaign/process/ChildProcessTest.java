package org.jurcu.stress.campaign.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    private static final Duration LONG = Duration.ofSeconds(50);

    @TempDir
    Path dir;

    @Test
    void linesAreSeenAndLoggedAndTheStatusIsKept() throws Exception {
        List<String> lines = new ArrayList<>();
        Path log = dir.resolve("log");
        ChildProcess.End end = ChildProcess.run(
                List.of("bash", "-c", "echo out; echo err >&2; pwd; exit 7"), dir, log, LONG, lines::add);
        assertEquals(7, end.exitStatus());
        assertFalse(end.timedOut());
        assertEquals(List.of("out", "err", dir.toRealPath().toString()), lines);
        assertEquals(lines, Files.readAllLines(log));
        assertEquals(List.of("err", dir.toRealPath().toString()), LogTail.of(log, 2));
    }

    @Test
    void aProgramThatHangsIsKilledWithItsChildren() throws Exception {
        List<String> lines = new ArrayList<>();
        ChildProcess.End end = ChildProcess.run(
                List.of("bash", "-c", "sleep 1000 & echo $!; wait"),
                dir,
                dir.resolve("log"),
                Duration.ofMillis(300),
                lines::add);
        assertTrue(end.timedOut());
        long child = Long.parseLong(lines.get(0));
        // The killed child stays visible until it is reaped, which is not ours to do.
        while (ProcessHandle.of(child).filter(ProcessHandle::isAlive).isPresent() && !isZombie(child)) {
            Thread.onSpinWait();
        }
    }

    private static boolean isZombie(long pid) throws IOException {
        Path stat = Path.of("/proc/" + pid + "/stat");
        return !Files.exists(stat) || Files.readString(stat).contains(") Z ");
    }

    @Test
    void aProgramThatDoesNotExistIsAnError() {
        assertThrows(
                IOException.class,
                () -> ChildProcess.run(
                        List.of(dir.resolve("absent").toString()), dir, dir.resolve("log"), LONG, line -> {}));
    }

    @Test
    void commandLinesCanBeGivenToAShell() throws Exception {
        List<String> words = List.of("printf", "%s\\n", "a b", "it's", "$HOME", "^(x|y)$");
        List<String> lines = new ArrayList<>();
        ChildProcess.run(
                List.of("bash", "-c", JavaCommand.shellQuote(words)), dir, dir.resolve("log"), LONG, lines::add);
        assertEquals(words.subList(2, words.size()), lines);
    }

    @Test
    void nothingOfAnEarlierRunIsLeft() throws Exception {
        Path old = dir.resolve("run");
        Files.createDirectories(old.resolve("deep"));
        Files.writeString(old.resolve("deep/result"), "old");
        try (var left = Files.list(FreshDirectory.at(old))) {
            assertEquals(0, left.count());
        }
    }
}

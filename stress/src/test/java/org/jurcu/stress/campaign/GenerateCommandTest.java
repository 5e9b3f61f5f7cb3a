package org.jurcu.stress.campaign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jurcu.task.load.LifePath;
import org.jurcu.task.replay.Replay;
import org.jurcu.task.replay.ReplayOptions;

class GenerateCommandTest {
    @TempDir
    Path dir;

    @Test
    void whatItWritesReplays() throws IOException {
        Path file = dir.resolve("load.trace");
        Desk desk = new Desk(dir);
        assertEquals(0, desk.run("generate", "--seed", 3, "--cpus", 4, "--tasks", 200, "-o", file), desk.err());
        assertEquals("", desk.out());
        assertEquals(200, Replay.run(file, ReplayOptions.DEFAULT).matched());
        assertTrue(desk.err().contains(" events of 200 tasks on 4 CPUs "), desk.err());
    }

    @Test
    void plainGzipAndStandardOutputAreTheSame() throws IOException {
        Path plain = dir.resolve("a.trace");
        Path packed = dir.resolve("a.trace.gz");
        assertEquals(0, new Desk(dir).run("generate", "--tasks", 50, "--mix", "threads=1,exit=2", "-o", plain));
        assertEquals(0, new Desk(dir).run("generate", "--tasks", 50, "--mix", "threads=1,exit=2", "-o", packed));
        Desk desk = new Desk(dir);
        assertEquals(0, desk.run("generate", "--tasks", 50, "--mix", "threads=1,exit=2", "-o", "-"));
        byte[] text = Files.readAllBytes(plain);
        assertArrayEquals(text, desk.out().getBytes(StandardCharsets.UTF_8));
        try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
            assertArrayEquals(text, in.readAllBytes());
        }
        assertTrue(desk.err().matches("(?s).*jobs: \\d+ exit, \\d+ threads\\R"), desk.err());
    }

    @Test
    void aWrongMixNamesThePaths() {
        Desk desk = new Desk(dir);
        assertEquals(2, desk.run("generate", "--mix", "walk", "-o", "-"));
        for (LifePath path : LifePath.values()) {
            assertTrue(desk.complaints().contains(path.word()), desk.err());
        }
    }

    @Test
    void theHelpNamesEveryPath() {
        Desk desk = new Desk(dir);
        assertEquals(0, desk.run("generate", "--help"));
        String text = desk.out().replaceAll("\\s+", " ");
        for (LifePath path : LifePath.values()) {
            assertTrue(text.contains(path.word()), "the help does not name " + path.word());
        }
    }
}

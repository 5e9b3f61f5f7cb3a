package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Sections at the end of the stack: a lock that threw left nobody inside, an unlock that threw ended nothing, and what
 * the reader believes is what it announces.
 */
class StackOverflowTest {
    private static final int DEPTHS = 200;

    private int sections;
    private int overflows;
    private int depth;

    @Test
    void anOverflowHappensBeforeOrAfterAStep() throws Exception {
        try (Rcu rcu = Rcu.create("overflow")) {
            TestThread.startAction(() -> {
                        RcuReader reader = rcu.register();
                        for (int i = 0; i < DEPTHS; i++) {
                            try {
                                sink(reader, i & 15);
                            } catch (StackOverflowError expected) {
                                overflows++;
                            }
                            assertEquals(depth != 0, reader.held());
                            assertEquals(depth != 0, reader.loadVolatileAnnounced() > 0);
                            for (; depth > 0; depth--) { // the overflow kept it from being ended
                                assertTrue(reader.held());
                                reader.unlock();
                            }
                            assertEquals(reader.outside, reader.loadVolatileAnnounced());
                        }
                        reader.close();
                    })
                    .result();
            assertEquals(DEPTHS, overflows);
            assertTrue(sections > DEPTHS);
            assertTrue(rcu.synchronize(Duration.ofSeconds(30)));
            assertFalse(rcu.readLockHeld());
        }
    }

    @Test
    void whoUnlocksInAFinallyBlockIsNotLeftInside() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xint",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LastFramesProgram.class.getName())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        assertEquals("true 0 0", out.strip());
    }

    @Test
    void noCountIsLeftBehindByAnOverflow() throws Exception {
        VirtualReaders readers = new VirtualReaders("overflow", new Epoch(), 2);
        TestThread.startAction(() -> {
                    for (int i = 0; i < DEPTHS; i++) {
                        try {
                            sink(readers, i & 15);
                        } catch (StackOverflowError expected) {
                            overflows++;
                        }
                        while (readers.exit()) {
                            // the overflow kept it from being ended
                        }
                        readers.begin();
                        assertTrue(readers.poll(), "something is counted, and nobody is inside");
                    }
                })
                .result();
        assertEquals(DEPTHS, overflows);
        assertTrue(sections > DEPTHS);
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private void sink(VirtualReaders readers, int frames) {
        readers.enter();
        try {
            sections++;
        } finally {
            readers.exit();
        }
        sink(readers, frames);
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private void sink(RcuReader reader, int frames) {
        reader.lock();
        depth++;
        try {
            reader.lock();
            depth++;
            try {
                sections++;
            } finally {
                reader.unlock();
                depth--;
            }
        } finally {
            reader.unlock();
            depth--;
        }
        sink(reader, frames);
    }
}

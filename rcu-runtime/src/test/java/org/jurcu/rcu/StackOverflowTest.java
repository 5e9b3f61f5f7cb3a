package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sections at the end of the stack: whatever overflows, depth and announcement must agree. */
class StackOverflowTest {
    private static final int DEPTHS = 200;

    private int sections;
    private int overflows;

    @Test
    void depthAndAnnouncementAgreeAfterAnOverflow() throws Exception {
        try (Rcu rcu = Rcu.create("overflow")) {
            TestThread.startAction(() -> {
                        RcuReader reader = rcu.register();
                        for (int i = 0; i < DEPTHS; i++) {
                            try {
                                sink(reader, i & 15);
                            } catch (StackOverflowError expected) {
                                overflows++;
                            }
                            assertEquals(reader.nesting != 0, reader.loadVolatileAnnounced() != 0);
                            while (reader.held()) { // the overflow kept it from being ended
                                reader.unlock();
                            }
                            assertEquals(0, reader.loadVolatileAnnounced());
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

    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private void sink(RcuReader reader, int frames) {
        reader.lock();
        try {
            sections++;
        } finally {
            reader.unlock();
        }
        sink(reader, frames);
    }
}

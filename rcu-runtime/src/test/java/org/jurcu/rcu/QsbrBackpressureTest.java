package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class QsbrBackpressureTest {
    /** The grace period in front of the callbacks waits for the caller, whether or not it is in a section. */
    @Test
    void anOnlineCallerIsLetThrough() {
        int limit = 10;
        int calls = limit + 20;
        try (Qsbr qsbr = Qsbr.builder("qsbr")
                        .backpressure(BackpressurePolicy.BLOCK_CALLER)
                        .callbackQueues(1)
                        .highWaterMark(limit)
                        .limit(limit)
                        .build();
                QsbrReader reader = qsbr.register()) {
            for (int i = 0; i < calls; i++) {
                qsbr.call(() -> {});
            }
            assertTrue(reader.isOnline());
            assertEquals(calls, qsbr.stats().callbacksQueued());
            assertEquals(0, qsbr.stats().callsBlocked());
            reader.offline();
        }
    }
}

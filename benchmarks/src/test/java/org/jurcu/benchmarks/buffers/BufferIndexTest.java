package org.jurcu.benchmarks.buffers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured does protect, and does free. */
class BufferIndexTest {
    private static BufferIndex create(Scheme scheme) {
        assumeTrue(scheme != Scheme.ARENA || Runtime.version().feature() >= 22, "shared arenas are of JDK 22");
        return scheme.create();
    }

    /** A freed buffer read by anybody, a buffer freed twice or never: each would throw. */
    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("ThreadPriorityCheck") // correct without: on two processors the other side may want this one
    void readersReadWhatTheirKeyStandsForWhileBuffersAreReplaced(Scheme scheme) throws Exception {
        BufferIndex index = create(scheme);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong reads = new AtomicLong();
        FutureTask<Long> reading = new FutureTask<>(() -> {
            long sum = 0;
            try (BufferIndex.Reader reader = index.reader()) {
                while (!stop.get()) {
                    for (int key = 0; key < BufferIndex.KEYS; key++) {
                        sum += reader.sum(key);
                    }
                    reads.getAndIncrement();
                }
            }
            return sum;
        });
        Thread thread = new Thread(reading, "buffer-reader");
        thread.start();
        for (int round = 0; round < 20; round++) {
            for (int key = 0; key < BufferIndex.KEYS; key++) {
                index.replace(key);
            }
            for (long before = reads.get(); reads.get() == before && !reading.isDone(); ) {
                Thread.yield();
            }
        }
        stop.set(true);
        long perRound = BufferIndex.WORDS * BufferIndex.KEYS * (BufferIndex.KEYS + 1) / 2;
        long sum = reading.get();
        assertEquals(reads.get() * perRound, sum);
        assertTrue(reads.get() >= 20);
        index.close();
    }

    @Test
    void aSectionKeepsWhatItMayHaveFound() {
        RcuBuffers index = new RcuBuffers();
        index.rcu.readLock();
        index.replace(5);
        assertEquals(0, index.pool.freed());
        index.rcu.readUnlock();
        index.rcu.barrier();
        assertEquals(1, index.pool.freed());
        index.close();
    }

    @Test
    void aUserKeepsItsBuffer() {
        CountedBuffers index = new CountedBuffers();
        PooledBuffer buffer = index.get(5);
        index.replace(5);
        assertEquals(0, index.pool.freed());
        index.put(buffer);
        assertEquals(1, index.pool.freed());
        index.close();
    }

    @Test
    void anArenaThatIsClosedTellsItsReader() {
        assumeTrue(Runtime.version().feature() >= 22, "shared arenas are of JDK 22");
        SharedSegment segment = SharedSegment.allocate(8, 3);
        assertEquals(24, segment.sum(8));
        segment.free();
        assertThrows(IllegalStateException.class, () -> segment.sum(8));
        assertThrows(IllegalStateException.class, segment::free, "freed twice");
    }

    @Test
    void aLostBufferIsMissedAtTheEnd() {
        CountedBuffers index = new CountedBuffers();
        index.get(5);
        assertEquals(
                "1 of 4096 buffers were never freed",
                assertThrows(IllegalStateException.class, index::close).getMessage());
    }

    @Test
    void aFreedBufferIsSeenByItsReaderAndNotFreedAgain() {
        BufferPool pool = new BufferPool();
        PooledBuffer buffer = pool.take(3);
        assertEquals(32, BufferIndex.checked(3, pool.sum(buffer)));
        pool.free(buffer);
        assertThrows(IllegalStateException.class, () -> BufferIndex.checked(3, pool.sum(buffer)));
        assertThrows(IllegalStateException.class, () -> pool.free(buffer));
    }

    @Test
    void theFloorFreesAtOnce() {
        BareBuffers index = new BareBuffers();
        index.replace(5);
        assertEquals(1, index.pool.freed());
        index.close();
    }
}

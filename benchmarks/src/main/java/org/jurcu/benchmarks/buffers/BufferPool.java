package org.jurcu.benchmarks.buffers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;

/** One piece of memory outside the heap, cut into buffers. The updater takes; whoever finds out that one is free gives back. */
final class BufferPool {
    /** Those in use, and as many that may wait to be freed. */
    static final int BUFFERS = 64 * BufferIndex.KEYS;

    private static final int WORD = Long.BYTES;
    private static final long FREE = -1;
    /** Two cache lines: what is written beside a buffer is another matter. */
    private static final int STRIDE = 128;

    private final ByteBuffer memory = ByteBuffer.allocateDirect((BUFFERS + 1) * STRIDE)
            .alignedSlice(STRIDE)
            .order(ByteOrder.nativeOrder());
    private final MpscVarHandleArrayQueue<PooledBuffer> free = new MpscVarHandleArrayQueue<>(BUFFERS);
    private final AtomicLong freed = new AtomicLong();

    BufferPool() {
        for (int i = 0; i < BUFFERS; i++) {
            PooledBuffer buffer = new PooledBuffer(this, i * STRIDE);
            fill(buffer, FREE);
            free.add(buffer);
        }
    }

    /** Takes a buffer and fills it with what {@code key} stands for; waits while all are in use or wait to be freed. */
    @SuppressWarnings("ThreadPriorityCheck") // correct without: who frees may want this processor
    PooledBuffer take(int key) {
        PooledBuffer buffer;
        while ((buffer = free.poll()) == null) {
            Thread.yield();
        }
        fill(buffer, key + 1);
        return buffer;
    }

    /** Takes back what nobody reads any more. */
    void free(PooledBuffer buffer) {
        if (memory.getLong(buffer.offset) == FREE) {
            throw new IllegalStateException("the buffer at " + buffer.offset + " was freed twice");
        }
        fill(buffer, FREE);
        freed.getAndIncrement();
        if (!free.offer(buffer)) {
            throw new IllegalStateException("more buffers were freed than there are");
        }
    }

    private void fill(PooledBuffer buffer, long word) {
        for (int i = 0; i < BufferIndex.WORDS; i++) {
            memory.putLong(buffer.offset + i * WORD, word);
        }
    }

    long sum(PooledBuffer buffer) {
        long sum = 0;
        for (int i = 0; i < BufferIndex.WORDS; i++) {
            sum += memory.getLong(buffer.offset + i * WORD);
        }
        return sum;
    }

    /** How many buffers were freed so far. */
    long freed() {
        return freed.get();
    }

    /** Throws unless every buffer is here and bears the mark. */
    void checkAllFree() {
        int here = free.size();
        if (here != BUFFERS) {
            throw new IllegalStateException((BUFFERS - here) + " of " + BUFFERS + " buffers were never freed");
        }
        for (int offset = 0; offset < BUFFERS * STRIDE; offset += STRIDE) {
            if (memory.getLong(offset) != FREE) {
                throw new IllegalStateException("the buffer at " + offset + " was written after it was freed");
            }
        }
    }
}

package org.jurcu.benchmarks.buffers;

/** {@link #KEYS} buffers, each behind its key. Every word of a buffer holds its key plus 1; one that is free holds -1. */
interface BufferIndex extends AutoCloseable {
    /** How many keys there are: their buffers fit into the first-level cache. */
    int KEYS = 64;

    /** What a buffer has room for. */
    int WORDS = 8;

    /** One thread's way to read. */
    interface Reader extends AutoCloseable {
        /** Returns the sum of the words of the buffer that {@code key} has at the moment. */
        long sum(int key);

        /** Leaves. */
        @Override
        void close();
    }

    /** Returns a reader for the calling thread. */
    Reader reader();

    /** Gives {@code key} another buffer, and frees the one that it had as soon as nobody reads it. One thread at a time. */
    void replace(int key);

    /** Frees all buffers once the readers have left, and throws if one was not freed, or freed twice. */
    @Override
    void close();

    /** Returns {@code sum} if it is what a buffer of {@code key} adds up to. */
    static long checked(int key, long sum) {
        if (sum != (key + 1L) * WORDS) {
            throw new IllegalStateException("key " + key + " led to a buffer of another, or to one that was freed");
        }
        return sum;
    }
}

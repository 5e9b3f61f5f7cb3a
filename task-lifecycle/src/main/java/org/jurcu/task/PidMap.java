package org.jurcu.task;

import java.util.Arrays;

/**
 * {@code pidmap}: a bit for each number that is in use. Unlike a {@link java.util.BitSet} it does not look for its highest bit
 * when one is cleared, which would cost the more the further the numbers' turn has come. Guarded by pidmap_lock.
 */
final class PidMap {
    private long[] words = new long[8];

    boolean get(int nr) {
        int word = nr >>> 6;
        return word < words.length && (words[word] & bit(nr)) != 0;
    }

    void set(int nr) {
        int word = nr >>> 6;
        if (word >= words.length) {
            words = Arrays.copyOf(words, Math.max(word + 1, 2 * words.length));
        }
        words[word] |= bit(nr);
    }

    void clear(int nr) {
        words[nr >>> 6] &= ~bit(nr);
    }

    /** The first number from {@code from} on that is not in use. */
    int nextClear(int from) {
        int word = from >>> 6;
        if (word >= words.length) {
            return from;
        }
        long free = ~words[word] & (-1L << from);
        while (free == 0) {
            if (++word == words.length) {
                return word << 6;
            }
            free = ~words[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(free);
    }

    private static long bit(int nr) {
        return 1L << nr;
    }
}

package org.jurcu.task.trace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Gives the same String for the same few bytes, mostly: a direct-mapped table of fixed size in which the newest wins. A
 * recording repeats some dozens of names in every line.
 */
final class StringCache {
    private static final int SLOTS = 1024;
    private static final int LONGEST = 64;

    private final byte[][] keys = new byte[SLOTS][];
    private final String[] values = new String[SLOTS];

    String get(byte[] buf, int from, int to) {
        if (to - from > LONGEST) {
            return new String(buf, from, to - from, StandardCharsets.UTF_8);
        }
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + buf[i];
        }
        int slot = (hash ^ (hash >>> 10)) & (SLOTS - 1);
        byte[] key = keys[slot];
        if (key == null || !Arrays.equals(key, 0, key.length, buf, from, to)) {
            keys[slot] = Arrays.copyOfRange(buf, from, to);
            values[slot] = new String(buf, from, to - from, StandardCharsets.UTF_8);
        }
        return values[slot];
    }
}

package org.jurcu.task.trace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Gives the same String for the same few bytes, mostly: a direct-mapped table of fixed size in which the newest wins. A
 * recording repeats some dozens of names in every line. Names of tasks, which have 15 bytes at most, are compared as two
 * words; for that the array must go on for as long behind the place where they begin.
 */
final class StringCache {
    /** Bytes behind a name's beginning that may be read. */
    static final int WORDS = 2 * Long.BYTES;

    private static final int SLOT_BITS = 10;
    private static final int LONGEST = 64;
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private record Name(long low, long high, int length, String text) {}

    private static final class Other {
        final byte[] bytes;
        final String text;

        Other(byte[] bytes, String text) {
            this.bytes = bytes;
            this.text = text;
        }
    }

    private final Name[] names = new Name[1 << SLOT_BITS];
    private final Other[] others = new Other[1 << SLOT_BITS];

    String get(byte[] buf, int from, int to) {
        int length = to - from;
        if (length <= WORDS && from <= buf.length - WORDS) {
            return name(buf, from, length);
        }
        return length <= LONGEST ? other(buf, from, to) : text(buf, from, length);
    }

    private String name(byte[] buf, int from, int length) {
        long low = Ascii.wordAt(buf, from) & Ascii.mask(length);
        long high = Ascii.wordAt(buf, from + Long.BYTES) & Ascii.mask(length - Long.BYTES);
        int slot = slot((low ^ Long.rotateLeft(high, 29)) * MIX);
        Name name = names[slot];
        if (name == null || name.low != low || name.high != high || name.length != length) {
            name = new Name(low, high, length, text(buf, from, length));
            names[slot] = name;
        }
        return name.text;
    }

    private String other(byte[] buf, int from, int to) {
        long hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + buf[i];
        }
        int slot = slot(hash * MIX);
        Other other = others[slot];
        if (other == null || !Arrays.equals(other.bytes, 0, other.bytes.length, buf, from, to)) {
            other = new Other(Arrays.copyOfRange(buf, from, to), text(buf, from, to - from));
            others[slot] = other;
        }
        return other.text;
    }

    private static int slot(long mixed) {
        return (int) (mixed >>> (Long.SIZE - SLOT_BITS));
    }

    private static String text(byte[] buf, int from, int length) {
        return new String(buf, from, length, StandardCharsets.UTF_8);
    }
}

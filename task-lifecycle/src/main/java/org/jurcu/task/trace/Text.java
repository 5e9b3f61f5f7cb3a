package org.jurcu.task.trace;

/**
 * A constant text as it stands in a recording, compared by words of eight bytes. A record, since its fields are then
 * constants to the compiler where the text itself is one.
 *
 * @param text ASCII
 * @param length in bytes
 * @param mask the bytes of the first word that count
 * @param first the first word, under the mask
 * @param second bytes 8 to 15 if there are more than 16, else 0
 * @param last the last eight bytes if there are more than eight, else 0
 */
record Text(String text, int length, long mask, long first, long second, long last) {
    static Text of(String text) {
        int length = text.length();
        return new Text(
                text,
                length,
                Ascii.mask(length),
                word(text, 0),
                length > 2 * Long.BYTES ? word(text, Long.BYTES) : 0,
                length > Long.BYTES ? word(text, length - Long.BYTES) : 0);
    }

    private static long word(String text, int from) {
        long word = 0;
        for (int i = Math.min(text.length(), from + Long.BYTES) - 1; i >= from; i--) {
            word = word << Byte.SIZE | text.charAt(i);
        }
        return word;
    }

    /** Returns whether it stands at {@code at} and ends by {@code end}. */
    boolean isAt(byte[] buf, int at, int end) {
        if (end - at < length || ((Ascii.wordAt(buf, at) ^ first) & mask) != 0) {
            return false;
        }
        return length <= Long.BYTES || (Ascii.wordAt(buf, at + length - Long.BYTES) == last && isBetween(buf, at));
    }

    private boolean isBetween(byte[] buf, int at) {
        if (length > 2 * Long.BYTES && Ascii.wordAt(buf, at + Long.BYTES) != second) {
            return false;
        }
        for (int i = 2 * Long.BYTES; i < length - Long.BYTES; i++) {
            if (buf[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns where it first stands at {@code from} or later, or -1. */
    int firstIn(byte[] buf, int from, int end) {
        byte head = (byte) first;
        for (int i = Ascii.first(head, buf, from, end); i < end; i = Ascii.first(head, buf, i + 1, end)) {
            if (isAt(buf, i, end)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns where it last stands at {@code from} or later, or -1. */
    int lastIn(byte[] buf, int from, int end) {
        byte head = (byte) first;
        for (int i = Ascii.last(head, buf, from, end); i >= from; i = Ascii.last(head, buf, from, i)) {
            if (isAt(buf, i, end)) {
                return i;
            }
        }
        return -1;
    }
}

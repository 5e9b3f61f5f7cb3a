package org.jurcu.task.trace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Text constants as the bytes that stand in a recording, and how to find them there. */
final class Ascii {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LINE_FEEDS = 0x0a0a_0a0a_0a0a_0a0aL;
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Ascii() {}

    /** Returns the eight bytes from there on, the first the lowest. */
    static long wordAt(byte[] buf, int at) {
        return (long) WORDS.get(buf, at);
    }

    /** Returns where the first line feed stands at {@code from} or later, or {@code end}. */
    static int lineFeed(byte[] buf, int from, int end) {
        int i = from;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            long zeroes = wordAt(buf, i) ^ LINE_FEEDS;
            long found = (zeroes - LOW_BITS) & ~zeroes & HIGH_BITS; // its lowest bit is right, others may not be
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (i < end && buf[i] != '\n') {
            i++;
        }
        return i;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** Returns the value of a hexadecimal digit, or -1. */
    static int hexDigit(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        if (b >= 'a' && b <= 'f') {
            return b - 'a' + 10;
        }
        return b >= 'A' && b <= 'F' ? b - 'A' + 10 : -1;
    }

    /** Returns whether {@code text} stands at {@code at} and ends by {@code end}. */
    static boolean matches(byte[] buf, int at, int end, byte[] text) {
        int length = text.length;
        if (end - at < length) {
            return false;
        }
        if (length < Long.BYTES) {
            for (int i = length - 1; i >= 0; i--) { // names that are alike differ behind
                if (buf[at + i] != text[i]) {
                    return false;
                }
            }
            return true;
        }
        int last = length - Long.BYTES;
        if (wordAt(buf, at + last) != wordAt(text, last)) {
            return false;
        }
        for (int i = 0; i < last; i += Long.BYTES) { // the last of them overlaps
            if (wordAt(buf, at + i) != wordAt(text, i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns where {@code text} first stands at {@code from} or later, or -1. */
    static int indexOf(byte[] buf, int from, int end, byte[] text) {
        for (int i = from; i <= end - text.length; i++) {
            if (buf[i] == text[0] && matches(buf, i, end, text)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns where {@code text} last stands at {@code from} or later, or -1. */
    static int lastIndexOf(byte[] buf, int from, int end, byte[] text) {
        for (int i = end - text.length; i >= from; i--) {
            if (buf[i] == text[0] && matches(buf, i, end, text)) {
                return i;
            }
        }
        return -1;
    }
}

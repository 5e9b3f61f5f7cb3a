package org.jurcu.task.trace;

import java.nio.charset.StandardCharsets;

/** Text constants as the bytes that stand in a recording, and how to find them there. */
final class Ascii {
    private Ascii() {}

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
        if (end - at < text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (buf[at + i] != text[i]) {
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

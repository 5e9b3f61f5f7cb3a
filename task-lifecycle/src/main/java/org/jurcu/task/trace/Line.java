package org.jurcu.task.trace;

import java.nio.charset.StandardCharsets;

/**
 * The current line, as a window of the reader's buffer. It is the same object for every line, and makes the sentence when
 * something is wrong in it.
 */
final class Line {
    /** How much of a line an error quotes. */
    private static final int QUOTED = 60;

    final String file;
    final byte[] buf;
    int start;
    int end;

    /** From 1; 0 before the first line. */
    long number;

    Line(String file, byte[] buf) {
        this.file = file;
        this.buf = buf;
    }

    boolean isBlank() {
        for (int i = Ascii.behindSpaces(buf, start, end); i < end; i++) {
            if (buf[i] != ' ' && buf[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    boolean startsWith(Text text) {
        return text.isAt(buf, start, end);
    }

    TraceFormatException fail(String problem) {
        return new TraceFormatException(file, number, problem);
    }

    /** Returns the text between two places for a message: printable, in quotes, not too long. */
    String quote(int from, int to) {
        if (from >= end) {
            return "the end of the line";
        }
        boolean cut = to - from > QUOTED;
        return "'" + printable(from, cut ? from + QUOTED : to) + (cut ? "...'" : "'");
    }

    /** Returns the line's last bytes for a message. */
    String quoteTail() {
        boolean cut = end - start > QUOTED;
        return (cut ? "'..." : "'") + printable(cut ? end - QUOTED : start, end) + "'";
    }

    private String printable(int from, int to) {
        StringBuilder shown = new StringBuilder(QUOTED);
        new String(buf, from, to - from, StandardCharsets.UTF_8)
                .codePoints()
                .forEach(c -> shown.appendCodePoint(isPrintable(c) ? c : '?'));
        return shown.toString();
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> c != 0xFFFD;
        };
    }

    /** Returns where the first byte stands that no text holds, or -1. */
    int firstNonText() {
        for (int i = start; i < end; i++) {
            if ((buf[i] >= 0 && buf[i] < ' ' && buf[i] != '\t') || buf[i] == 0x7f) {
                return i;
            }
        }
        return -1;
    }
}

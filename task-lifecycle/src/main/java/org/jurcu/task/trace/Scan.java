package org.jurcu.task.trace;

/** A cursor over a header's parts. */
final class Scan {
    /** Longer numbers are out of range, whatever they are. */
    static final long HUGE = Long.MAX_VALUE / 10 - 1;

    private static final int NANO_DIGITS = 9;
    private static final int MICRO_DIGITS = 6;

    byte[] buf = {};
    int end;
    int p;

    void begin(Line line, int at) {
        buf = line.buf;
        end = line.end;
        p = at;
    }

    /** Steps over that byte if it stands here. */
    boolean is(char c) {
        if (p < end && buf[p] == c) {
            p++;
            return true;
        }
        return false;
    }

    /** Steps over spaces; false if there is none. */
    boolean spaces() {
        int from = p;
        while (p < end && buf[p] == ' ') {
            p++;
        }
        return p > from;
    }

    /** Steps over a number and returns it, or -1 if there is none. */
    long digits() {
        int from = p;
        long n = 0;
        for (; p < end && Ascii.isDigit(buf[p]); p++) {
            n = n > HUGE ? n : n * 10 + buf[p] - '0';
        }
        return p > from ? n : -1;
    }

    /** {@code [CPU]}. */
    boolean cpu(Header header) {
        if (!is('[')) {
            return false;
        }
        header.cpu = digits();
        return header.cpu >= 0 && is(']');
    }

    /** {@code SECONDS.FRACTION: }, behind which the event begins. */
    boolean time(Header header) {
        header.seconds = digits();
        if (header.seconds < 0 || !is('.')) {
            return false;
        }
        int start = p;
        int fraction = 0;
        for (; p < end && Ascii.isDigit(buf[p]); p++) {
            if (p - start < NANO_DIGITS) {
                fraction = fraction * 10 + buf[p] - '0';
            }
        }
        for (int i = p - start; i < NANO_DIGITS; i++) {
            fraction *= 10;
        }
        if (p - start < MICRO_DIGITS || p + 1 >= end || buf[p] != ':' || buf[p + 1] != ' ') {
            return false;
        }
        header.nanos = fraction;
        header.body = p + 2;
        return true;
    }
}

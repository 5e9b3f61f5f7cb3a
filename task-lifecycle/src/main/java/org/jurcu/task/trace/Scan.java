package org.jurcu.task.trace;

/** A cursor over a header's parts. */
final class Scan {
    /** Longer numbers are out of range, whatever they are. */
    static final long HUGE = 999_999_999_999_999_999L;

    private static final int NANO_DIGITS = 9;
    private static final int MICRO_DIGITS = 6;

    private final Line line;
    final byte[] buf;
    int end;
    int p;

    Scan(Line line) {
        this.line = line;
        buf = line.buf;
    }

    void begin(int at) {
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
        p = Ascii.behindSpaces(buf, from, end);
        return p > from;
    }

    /** Steps over a number and returns it, or -1 if there is none. */
    long digits() {
        int from = p;
        p = Ascii.behindDigits(buf, from, end);
        return p > from ? Ascii.number(buf, from, p) : -1;
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
        p = Ascii.behindDigits(buf, start, end);
        int kept = Math.min(p - start, NANO_DIGITS);
        if (kept < MICRO_DIGITS || p + 1 >= end || buf[p] != ':' || buf[p + 1] != ' ') {
            return false;
        }
        int fraction = (int) Ascii.number(buf, start, start + kept);
        for (int i = kept; i < NANO_DIGITS; i++) {
            fraction *= 10;
        }
        header.nanos = fraction;
        header.body = p + 2;
        return true;
    }
}

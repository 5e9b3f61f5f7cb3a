package org.jurcu.task.trace;

/** What the lines tell that are no events: the number of CPUs, and events that the ring buffer lost. */
final class Comments {
    private static final byte[] CPUS = Ascii.bytes("#P:");
    private static final byte[] ENTRIES = Ascii.bytes("# entries-in-buffer/entries-written: ");
    private static final byte[] CPU = Ascii.bytes("CPU:");
    private static final byte[] LOST = Ascii.bytes(" [LOST ");
    private static final byte[] EVENTS = Ascii.bytes("EVENTS]");
    private static final byte[] STACK_FRAME = Ascii.bytes(" => ");

    private int declaredCpus;
    private long lost;

    /** The number read last, and the place behind it. */
    private long value;

    private int after;

    int declaredCpus() {
        return declaredCpus;
    }

    long lostEvents() {
        return lost;
    }

    /** Takes the line if it is a comment, a note of lost events, a stack trace's frame or blank. */
    boolean take(Line line) {
        if (line.start < line.end && line.buf[line.start] == '#') {
            comment(line);
            return true;
        }
        return (line.startsWith(CPU) && lostNote(line)) || line.startsWith(STACK_FRAME) || line.isBlank();
    }

    private void comment(Line line) {
        int cpus = Ascii.indexOf(line.buf, line.start, line.end, CPUS);
        if (cpus >= 0 && number(line, cpus + CPUS.length) && value <= TraceLimits.MAX_CPU + 1) {
            declaredCpus = (int) value;
        }
        if (line.startsWith(ENTRIES) && number(line, line.start + ENTRIES.length)) {
            long kept = value;
            if (after < line.end && line.buf[after] == '/' && number(line, after + 1) && value > kept) {
                lose(value - kept);
            }
        }
    }

    /** {@code CPU:0 [LOST 123 EVENTS]}, or {@code CPU:0 [LOST EVENTS]} where the kernel does not know how many. */
    private boolean lostNote(Line line) {
        if (!number(line, line.start + CPU.length) || !Ascii.matches(line.buf, after, line.end, LOST)) {
            return false;
        }
        int at = after + LOST.length;
        if (Ascii.matches(line.buf, at, line.end, EVENTS)) {
            lose(1);
            return true;
        }
        if (!number(line, at) || !Ascii.matches(line.buf, after + 1, line.end, EVENTS)) {
            return false;
        }
        lose(value);
        return true;
    }

    private void lose(long count) {
        lost = lost + count < 0 ? Long.MAX_VALUE : lost + count;
    }

    /** Reads digits; false if there is none or they exceed a long. */
    private boolean number(Line line, int at) {
        int i = at;
        long n = 0;
        for (; i < line.end && Ascii.isDigit(line.buf[i]); i++) {
            int digit = line.buf[i] - '0';
            if (n > (Long.MAX_VALUE - digit) / 10) {
                return false;
            }
            n = n * 10 + digit;
        }
        value = n;
        after = i;
        return i > at;
    }
}

package org.jurcu.task.trace;

/** What the lines tell that are no events: the number of CPUs, the program, and events that the ring buffer lost. */
final class Comments {
    private static final byte[] TRACER = Ascii.bytes("# tracer:");
    private static final byte[] TRACE_CMD_CPUS = Ascii.bytes("cpus=");
    private static final byte[] TRACE_CMD_VERSION = Ascii.bytes("version = ");
    private static final byte[] PERF_LOST = Ascii.bytes("PERF_RECORD_LOST");
    private static final byte[] PERF_LOST_COUNT = Ascii.bytes(" lost ");
    private static final byte[] CPUS = Ascii.bytes("#P:");
    private static final byte[] ENTRIES = Ascii.bytes("# entries-in-buffer/entries-written: ");
    private static final byte[] CPU = Ascii.bytes("CPU:");
    private static final byte[] LOST = Ascii.bytes(" [LOST ");
    private static final byte[] EVENTS = Ascii.bytes("EVENTS]");
    private static final byte[] DROPPED = Ascii.bytes("EVENTS DROPPED]");
    private static final byte[] BRACKET = Ascii.bytes(" [");
    private static final byte[] STACK_FRAME = Ascii.bytes(" => ");

    private final Dialect dialect;
    private int declaredCpus;
    private long lost;

    /** The number read last, and the place behind it. */
    private long value;

    private int after;

    Comments(Dialect dialect) {
        this.dialect = dialect;
    }

    int declaredCpus() {
        return declaredCpus;
    }

    long lostEvents() {
        return lost;
    }

    /** Takes the line if it is a comment, a note of lost events, a stack trace's frame or blank. */
    boolean take(Line line) throws TraceFormatException {
        if (line.start == line.end) {
            return true;
        }
        byte first = line.buf[line.start];
        if (first == ' ') {
            return line.startsWith(STACK_FRAME) || line.isBlank();
        }
        if (first == '#') {
            if (line.startsWith(TRACER)) {
                dialect.isOf(TraceFormat.FTRACE, line);
            }
            comment(line);
            return true;
        }
        if (first == '\t') {
            return dialect.format() == TraceFormat.PERF || line.isBlank();
        }
        return lostNote(line, line.start) || traceCmdNote(line);
    }

    /** Takes what perf prints in place of an event when it lost some: {@code PERF_RECORD_LOST lost 123}. */
    boolean takeLost(Line line, Header header) {
        if (!Ascii.matches(line.buf, header.body, line.end, PERF_LOST)) {
            return false;
        }
        int count = Ascii.indexOf(line.buf, header.body, line.end, PERF_LOST_COUNT);
        lose(count >= 0 && number(line, count + PERF_LOST_COUNT.length) ? value : 1);
        return true;
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

    /** What trace-cmd prints first, and where an instance lost events: {@code cpus=2}, {@code jt: CPU:1 [EVENTS DROPPED]}. */
    private boolean traceCmdNote(Line line) throws TraceFormatException {
        if (line.startsWith(TRACE_CMD_CPUS) && number(line, line.start + TRACE_CMD_CPUS.length) && after == line.end) {
            dialect.isOf(TraceFormat.TRACE_CMD, line);
            declaredCpus = value <= TraceLimits.MAX_CPU + 1 ? (int) value : declaredCpus;
            return true;
        }
        if (line.startsWith(TRACE_CMD_VERSION)
                && number(line, line.start + TRACE_CMD_VERSION.length)
                && after == line.end) {
            dialect.isOf(TraceFormat.TRACE_CMD, line);
            return true;
        }
        if (line.buf[line.end - 1] != ']') {
            return false;
        }
        int note = Ascii.lastIndexOf(line.buf, line.start, line.end, CPU);
        return note > line.start + 1 && line.buf[note - 1] == ' ' && line.buf[note - 2] == ':' && lostNote(line, note);
    }

    /**
     * {@code CPU:0 [LOST 123 EVENTS]}, or {@code CPU:0 [LOST EVENTS]} where the kernel does not know how many; trace-cmd writes
     * {@code CPU:0 [123 EVENTS DROPPED]} and {@code CPU:0 [EVENTS DROPPED]}.
     */
    private boolean lostNote(Line line, int from) throws TraceFormatException {
        if (!Ascii.matches(line.buf, from, line.end, CPU) || !number(line, from + CPU.length)) {
            return false;
        }
        boolean ftrace = Ascii.matches(line.buf, after, line.end, LOST);
        if (!ftrace && !Ascii.matches(line.buf, after, line.end, BRACKET)) {
            return false;
        }
        byte[] word = ftrace ? EVENTS : DROPPED;
        int at = after + (ftrace ? LOST : BRACKET).length;
        long count = 1;
        if (!Ascii.matches(line.buf, at, line.end, word)) {
            if (!number(line, at) || !Ascii.matches(line.buf, after + 1, line.end, word)) {
                return false;
            }
            count = value;
        }
        dialect.isOf(ftrace ? TraceFormat.FTRACE : TraceFormat.TRACE_CMD, line);
        lose(count);
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

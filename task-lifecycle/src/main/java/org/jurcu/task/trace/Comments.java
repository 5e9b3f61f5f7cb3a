package org.jurcu.task.trace;

/** What the lines tell that are no events: the number of CPUs, the program, and events that the ring buffer lost. */
final class Comments {
    private static final Text TRACER = Text.of("# tracer:");
    private static final Text TRACE_CMD_CPUS = Text.of("cpus=");
    private static final Text TRACE_CMD_VERSION = Text.of("version = ");
    private static final Text PERF_LOST = Text.of("PERF_RECORD_LOST");
    private static final Text PERF_LOST_COUNT = Text.of(" lost ");
    private static final Text CPUS = Text.of("#P:");
    private static final Text ENTRIES = Text.of("# entries-in-buffer/entries-written: ");
    private static final Text CPU = Text.of("CPU:");
    private static final Text LOST = Text.of(" [LOST ");
    private static final Text EVENTS = Text.of("EVENTS]");
    private static final Text DROPPED = Text.of("EVENTS DROPPED]");
    private static final Text BRACKET = Text.of(" [");
    private static final Text STACK_FRAME = Text.of(" => ");

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
        if (!PERF_LOST.isAt(line.buf, header.body, line.end)) {
            return false;
        }
        int count = PERF_LOST_COUNT.firstIn(line.buf, header.body, line.end);
        lose(count >= 0 && number(line, count + PERF_LOST_COUNT.length()) ? value : 1);
        return true;
    }

    private void comment(Line line) {
        int cpus = CPUS.firstIn(line.buf, line.start, line.end);
        if (cpus >= 0 && number(line, cpus + CPUS.length()) && value <= TraceLimits.MAX_CPU + 1) {
            declaredCpus = (int) value;
        }
        if (line.startsWith(ENTRIES) && number(line, line.start + ENTRIES.length())) {
            long kept = value;
            if (after < line.end && line.buf[after] == '/' && number(line, after + 1) && value > kept) {
                lose(value - kept);
            }
        }
    }

    /** What trace-cmd prints first, and where an instance lost events: {@code cpus=2}, {@code jt: CPU:1 [EVENTS DROPPED]}. */
    private boolean traceCmdNote(Line line) throws TraceFormatException {
        if (line.startsWith(TRACE_CMD_CPUS)
                && number(line, line.start + TRACE_CMD_CPUS.length())
                && after == line.end) {
            dialect.isOf(TraceFormat.TRACE_CMD, line);
            declaredCpus = value <= TraceLimits.MAX_CPU + 1 ? (int) value : declaredCpus;
            return true;
        }
        if (line.startsWith(TRACE_CMD_VERSION)
                && number(line, line.start + TRACE_CMD_VERSION.length())
                && after == line.end) {
            dialect.isOf(TraceFormat.TRACE_CMD, line);
            return true;
        }
        if (line.buf[line.end - 1] != ']') {
            return false;
        }
        int note = CPU.lastIn(line.buf, line.start, line.end);
        return note > line.start + 1 && line.buf[note - 1] == ' ' && line.buf[note - 2] == ':' && lostNote(line, note);
    }

    /**
     * {@code CPU:0 [LOST 123 EVENTS]}, or {@code CPU:0 [LOST EVENTS]} where the kernel does not know how many; trace-cmd writes
     * {@code CPU:0 [123 EVENTS DROPPED]} and {@code CPU:0 [EVENTS DROPPED]}.
     */
    private boolean lostNote(Line line, int from) throws TraceFormatException {
        if (!CPU.isAt(line.buf, from, line.end) || !number(line, from + CPU.length())) {
            return false;
        }
        boolean ftrace = LOST.isAt(line.buf, after, line.end);
        if (!ftrace && !BRACKET.isAt(line.buf, after, line.end)) {
            return false;
        }
        Text word = ftrace ? EVENTS : DROPPED;
        int at = after + (ftrace ? LOST : BRACKET).length();
        long count = 1;
        if (!word.isAt(line.buf, at, line.end)) {
            if (!number(line, at) || !word.isAt(line.buf, after + 1, line.end)) {
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

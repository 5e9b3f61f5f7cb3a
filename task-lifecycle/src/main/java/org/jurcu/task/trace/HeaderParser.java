package org.jurcu.task.trace;

/**
 * Reads what {@code trace_print_context()} printed: {@code TASK-PID [(TGID)] [CPU] [FLAGS] SECONDS.FRACTION: }.
 *
 * <p>A command name may hold anything, parts of this very form included. But a header takes 17 bytes at least, from the '-'
 * to the space behind the time, and a name 15 at most, so the first place where everything has the form is the header. The
 * kernel pads names to 16 columns, therefore that place is tried first; the others are for text that lost its padding.
 */
final class HeaderParser {
    private static final int COMM_COLUMNS = 16;
    private static final int NANO_DIGITS = 9;
    private static final int MICRO_DIGITS = 6;

    /** Longer numbers are out of range, whatever they are. */
    private static final long HUGE = Long.MAX_VALUE / 10 - 1;

    private int commStart;
    private int commEnd;
    private long pid;
    private long cpu;
    private long seconds;
    private int nanos;
    private int body;

    /** Where the scan stands. */
    private int p;

    /** Where the time stamp was expected, if all before it had the form; else -1. */
    private int badTime;

    /** Reads the header, or throws. */
    void parse(Line line) throws TraceFormatException {
        badTime = -1;
        if (!fromDash(line, line.start + COMM_COLUMNS) && !search(line)) {
            throw problem(line);
        }
        if (pid > TraceLimits.MAX_PID) {
            throw line.fail("the task's pid is out of range: expected 0 to " + TraceLimits.MAX_PID + found(pid));
        }
        if (cpu > TraceLimits.MAX_CPU) {
            throw line.fail("the CPU is out of range: expected 0 to " + TraceLimits.MAX_CPU + found(cpu));
        }
        if (seconds > TraceLimits.MAX_SECONDS) {
            throw line.fail("the time stamp is out of range: expected at most " + TraceLimits.MAX_SECONDS + " seconds"
                    + found(seconds));
        }
        int from = line.start;
        while (from < commEnd && line.buf[from] == ' ') {
            from++;
        }
        commStart = from;
    }

    private static String found(long number) {
        return " but found " + (number > HUGE ? "more than 18 digits" : number);
    }

    int cpu() {
        return (int) cpu;
    }

    long timeNanos() {
        return seconds * 1_000_000_000 + nanos;
    }

    /** Returns where the event's name begins. */
    int body() {
        return body;
    }

    TraceEvent.Context context(Line line, StringCache strings) {
        return new TraceEvent.Context(
                (int) cpu, (int) pid, strings.get(line.buf, commStart, commEnd), timeNanos(), line.number);
    }

    private boolean search(Line line) {
        for (int i = line.start; i < line.end; i++) {
            if (line.buf[i] == '[') {
                int dash = dashBefore(line, i);
                if (dash >= 0 && fromDash(line, dash)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Goes back from a '[' over spaces, a group in parentheses and the pid. */
    private static int dashBefore(Line line, int bracket) {
        byte[] buf = line.buf;
        int i = backOverSpaces(line, bracket);
        if (i > line.start && buf[i - 1] == ')') {
            while (i > line.start && buf[i - 1] != '(') {
                i--;
            }
            i = backOverSpaces(line, i - 1);
        }
        int digits = i;
        while (i > line.start && Ascii.isDigit(buf[i - 1])) {
            i--;
        }
        return i < digits && i > line.start && buf[i - 1] == '-' ? i - 1 : -1;
    }

    private static int backOverSpaces(Line line, int from) {
        int i = from;
        while (i > line.start && line.buf[i - 1] == ' ') {
            i--;
        }
        return i;
    }

    private boolean fromDash(Line line, int dash) {
        byte[] buf = line.buf;
        int end = line.end;
        if (dash < line.start || dash >= end || buf[dash] != '-') {
            return false;
        }
        p = dash + 1;
        pid = digits(buf, end);
        if (pid < 0 || !spaces(buf, end)) {
            return false;
        }
        if (p < end && buf[p] == '(' && !threadGroup(buf, end)) {
            return false;
        }
        if (p >= end || buf[p] != '[') {
            return false;
        }
        p++;
        cpu = digits(buf, end);
        if (cpu < 0 || p >= end || buf[p] != ']') {
            return false;
        }
        p++;
        if (!spaces(buf, end)) {
            return false;
        }
        commEnd = dash;
        int first = p;
        if (time(buf, end)) {
            return true;
        }
        p = first;
        while (p < end && buf[p] != ' ') {
            p++;
        }
        // a token that ends with ':' was meant as the time; any other is the column of flags
        if (buf[p - 1] != ':' && spaces(buf, end)) {
            first = p;
            if (time(buf, end)) {
                return true;
            }
        }
        badTime = first;
        return false;
    }

    /** {@code (   1234)} or {@code (-------)}. */
    private boolean threadGroup(byte[] buf, int end) {
        p++;
        while (p < end && (buf[p] == ' ' || buf[p] == '-' || Ascii.isDigit(buf[p]))) {
            p++;
        }
        if (p >= end || buf[p] != ')') {
            return false;
        }
        p++;
        return spaces(buf, end);
    }

    private boolean time(byte[] buf, int end) {
        seconds = digits(buf, end);
        if (seconds < 0 || p >= end || buf[p] != '.') {
            return false;
        }
        p++;
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
        nanos = fraction;
        body = p + 2;
        return true;
    }

    private boolean spaces(byte[] buf, int end) {
        int from = p;
        while (p < end && buf[p] == ' ') {
            p++;
        }
        return p > from;
    }

    /** Returns the number at {@code p}, or -1 if there is none. */
    private long digits(byte[] buf, int end) {
        int from = p;
        long n = 0;
        for (; p < end && Ascii.isDigit(buf[p]); p++) {
            n = n > HUGE ? n : n * 10 + buf[p] - '0';
        }
        return p > from ? n : -1;
    }

    private TraceFormatException problem(Line line) {
        int nonText = line.firstNonText();
        if (nonText >= 0) {
            return line.fail("expected text but found the byte " + (line.buf[nonText] & 0xff) + " in column "
                    + (nonText - line.start + 1));
        }
        if (badTime < 0) {
            return line.fail("expected an event line, TASK-PID [CPU] FLAGS TIME: EVENT, but found "
                    + line.quote(line.start, line.end));
        }
        int to = badTime;
        while (to < line.end && line.buf[to] != ' ') {
            to++;
        }
        String found = line.quote(badTime, to);
        p = badTime;
        if (digits(line.buf, line.end) >= 0 && p < line.end && line.buf[p] == ':') {
            return line.fail("expected a time stamp in seconds but found the ticks " + found
                    + ": record with the trace clock local, global, mono or boot");
        }
        return line.fail("expected a time stamp in seconds with 6 decimals or more and a colon but found " + found);
    }
}

package org.jurcu.task.trace;

/**
 * Reads what the kernel's {@code trace_print_context()} printed, and trace-cmd after it: {@code TASK-PID [(TGID)] [CPU] [FLAGS]
 * SECONDS.FRACTION: }.
 *
 * <p>A command name may hold anything, parts of this very form included. But a header takes 17 bytes at least, from the '-'
 * to the space behind the time, and a name 15 at most, so the first place where everything has the form is the header. The
 * kernel pads names to 16 columns, therefore that place is tried first; the others are for text that lost its padding, and
 * for trace-cmd, which puts the name of a trace instance before them.
 */
final class DashHeader {
    private static final int COMM_COLUMNS = 16;

    private final Scan scan;

    /** Where the time stamp was expected, if all before it had the form; else -1. */
    private int badTime;

    DashHeader(Line line) {
        scan = new Scan(line);
    }

    /** Reads the header; false if the line has none. */
    boolean parse(Line line, Header header) {
        badTime = -1;
        return fromDash(line, line.start + COMM_COLUMNS, header) || search(line, header);
    }

    private boolean search(Line line, Header header) {
        for (int i = line.start; i < line.end; i++) {
            if (line.buf[i] == '[') {
                int dash = dashBefore(line, i);
                if (dash >= 0 && fromDash(line, dash, header)) {
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

    private boolean fromDash(Line line, int dash, Header header) {
        scan.begin(dash);
        if (dash < line.start || !scan.is('-')) {
            return false;
        }
        header.pid = scan.digits();
        if (header.pid < 0 || !scan.spaces() || !threadGroup() || !scan.cpu(header) || !scan.spaces()) {
            return false;
        }
        header.commStart = commStart(line, dash);
        header.commEnd = dash;
        int first = scan.p;
        if (scan.time(header)) {
            return true;
        }
        scan.p = first;
        while (scan.p < line.end && line.buf[scan.p] != ' ') {
            scan.p++;
        }
        // a token that ends with ':' was meant as the time; any other is the column of flags
        if (line.buf[scan.p - 1] != ':' && scan.spaces()) {
            first = scan.p;
            if (scan.time(header)) {
                return true;
            }
        }
        badTime = first;
        return false;
    }

    /** trace-cmd pads names to 16 columns behind the instance, {@code jt:            bash-4711}. */
    private static int commStart(Line line, int dash) {
        int padded = dash - COMM_COLUMNS;
        return padded - 1 > line.start && line.buf[padded] == ' ' && hasInstance(line, padded) ? padded : line.start;
    }

    private static boolean hasInstance(Line line, int to) {
        int i = backOverSpaces(line, to);
        return i > line.start && line.buf[i - 1] == ':';
    }

    /** {@code (   1234)} or {@code (-------)}, if it stands there. */
    private boolean threadGroup() {
        if (!scan.is('(')) {
            return true;
        }
        while (scan.p < scan.end && isGroupPart(scan.buf[scan.p])) {
            scan.p++;
        }
        return scan.is(')') && scan.spaces();
    }

    private static boolean isGroupPart(byte b) {
        return b == ' ' || b == '-' || Ascii.isDigit(b);
    }

    /** Says why the line that was read last has no header. */
    TraceFormatException problem(Line line) {
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
        scan.begin(badTime);
        if (scan.digits() >= 0 && scan.is(':')) {
            return line.fail("expected a time stamp in seconds but found the ticks " + found
                    + ": record with the trace clock local, global, mono or boot");
        }
        return line.fail("expected a time stamp in seconds with 6 decimals or more and a colon but found " + found);
    }
}

package org.jurcu.task.trace;

/**
 * Reads what {@code perf script} prints before an event: {@code TASK PID [CPU] SECONDS.FRACTION: }, or {@code TASK PID/TID}. The kernel's pid is
 * perf's tid. As in {@link DashHeader} a name is shorter than a header, so the first place that has the form is the header.
 */
final class PerfHeader {
    private final Scan scan;

    PerfHeader(Line line) {
        scan = new Scan(line);
    }

    /** Reads the header; false if the line has none. */
    boolean parse(Line line, Header header) {
        for (int i = line.start; i < line.end; i++) {
            if (line.buf[i] == '[' && before(line, i, header)) {
                return true;
            }
        }
        return false;
    }

    private boolean before(Line line, int bracket, Header header) {
        byte[] buf = line.buf;
        int i = bracket;
        while (i > line.start && buf[i - 1] == ' ') {
            i--;
        }
        int tid = backOverDigits(line, i);
        int number = tid;
        if (i < bracket && tid > line.start && buf[tid - 1] == '/') {
            number = backOverDigits(line, tid - 1);
        }
        if (i == bracket || tid == i || number <= line.start || buf[number - 1] != ' ') {
            return false;
        }
        scan.begin(tid);
        header.pid = scan.digits();
        scan.p = bracket;
        if (!scan.cpu(header) || !scan.spaces() || !scan.time(header)) {
            return false;
        }
        scan.p = header.body;
        scan.spaces();
        header.body = scan.p;
        header.commStart = line.start;
        header.commEnd = number - 1;
        while (header.commEnd > header.commStart && buf[header.commEnd - 1] == ' ') {
            header.commEnd--;
        }
        return true;
    }

    private static int backOverDigits(Line line, int from) {
        int i = from;
        while (i > line.start && Ascii.isDigit(line.buf[i - 1])) {
            i--;
        }
        return i;
    }
}

package org.jurcu.task.trace;

/** Reads the header of whichever format the recording has; the first header may be of any. */
final class HeaderParser {
    private final Dialect dialect;
    private final DashHeader dash;
    private final PerfHeader perf;
    private final Header header = new Header();

    HeaderParser(Dialect dialect, Line line) {
        this.dialect = dialect;
        dash = new DashHeader(line);
        perf = new PerfHeader(line);
    }

    /** Returns the line's header, valid until the next call. */
    Header parse(Line line) throws TraceFormatException {
        if (dialect.format() == TraceFormat.PERF) {
            if (!perf.parse(line, header)) {
                throw notPerf(line);
            }
        } else if (!dash.parse(line, header)) {
            if (!perf.parse(line, header)) {
                throw dash.problem(line);
            }
            dialect.isOf(TraceFormat.PERF, line);
        }
        header.check(line);
        return header;
    }

    private TraceFormatException notPerf(Line line) {
        if (dash.parse(line, header)) {
            return dialect.mixed("ftrace or trace-cmd report", line);
        }
        return line.fail(
                "expected an event line, TASK PID [CPU] TIME: EVENT, but found " + line.quote(line.start, line.end));
    }
}

package org.jurcu.task.trace;

/** Holds that all lines are of one format: the first line that shows which one decides. */
final class Dialect {
    private TraceFormat format;
    private long decidedAt;

    /** Returns the format, or null if no line has shown it yet. */
    TraceFormat format() {
        return format;
    }

    /** The line can only have been printed by that program. */
    void isOf(TraceFormat seen, Line line) throws TraceFormatException {
        if (seen == format) {
            return;
        }
        if (format != null) {
            throw mixed(seen.toString(), line);
        }
        format = seen;
        decidedAt = line.number;
    }

    TraceFormatException mixed(String seen, Line line) {
        return line.fail("the recording mixes formats: line " + decidedAt + " is " + format + " text, but this line is "
                + seen + " text: expected one format throughout");
    }
}

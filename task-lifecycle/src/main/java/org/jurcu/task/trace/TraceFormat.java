package org.jurcu.task.trace;

/** Which program printed a recording. */
public enum TraceFormat {
    /** tracefs' files {@code trace} and {@code trace_pipe}. */
    FTRACE("ftrace"),
    /** {@code trace-cmd report -N}. */
    TRACE_CMD("trace-cmd report"),
    /** {@code perf script}. */
    PERF("perf script");

    private final String text;

    TraceFormat(String text) {
        this.text = text;
    }

    /** Returns the name that messages and reports use, such as {@code perf script}. */
    @Override
    public String toString() {
        return text;
    }
}

package org.jurcu.task.trace;

import java.io.IOException;

/** A recording that cannot be read: names the file, the line and what was expected there. */
public final class TraceFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long line;

    /** Makes the sentence {@code file:line: problem}. */
    public TraceFormatException(String file, long line, String problem) {
        super(file + ":" + line + ": " + problem);
        this.file = file;
        this.line = line;
    }

    /** Returns the recording's name. */
    public String file() {
        return file;
    }

    /** Returns the line, from 1; 0 if there is none. */
    public long line() {
        return line;
    }
}

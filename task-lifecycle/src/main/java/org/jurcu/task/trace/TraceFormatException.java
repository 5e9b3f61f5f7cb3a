package org.jurcu.task.trace;

import java.io.IOException;

/** A recording that cannot be read: names the file, the line and what was expected there. */
public final class TraceFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Makes the sentence {@code file:line: problem}. */
    public TraceFormatException(String file, long line, String problem) {
        super(file + ":" + line + ": " + problem);
    }
}

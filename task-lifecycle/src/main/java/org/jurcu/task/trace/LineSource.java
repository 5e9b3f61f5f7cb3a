package org.jurcu.task.trace;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * Cuts a stream into lines, in one buffer of fixed size: a line is a window of it and is not copied. Who reads them has the
 * buffer from the beginning; a reference that is stored for each line costs G1 a fence each.
 */
final class LineSource implements Closeable {
    static final int MAX_LINE = 64 * 1024;

    private final InputStream in;

    private static final int SIZE = 2 * MAX_LINE;

    /** Two lines long: a line that begins anywhere in the first half fits. Behind them it is read in whole words. */
    final byte[] buf = new byte[SIZE + StringCache.WORDS + Ascii.BEHIND];

    private int pos;
    private int limit;

    LineSource(InputStream in) {
        this.in = in;
    }

    /**
     * Moves {@code line} to the next line, without its line end.
     *
     * @return false at the end
     */
    boolean next(Line line) throws IOException {
        int scan = pos;
        while (true) {
            scan = Ascii.first((byte) '\n', buf, scan, limit);
            if (scan - pos > MAX_LINE) {
                line.number++;
                throw line.fail("the line is longer than 65536 bytes, which no event is: this is not ftrace text");
            }
            if (scan < limit) {
                break;
            }
            scan -= pos;
            if (!fill(line)) {
                if (scan == 0) {
                    return false;
                }
                line.number++;
                window(line, pos, limit);
                throw line.fail("the recording is cut off in the middle of a line: expected a line end after "
                        + line.quoteTail());
            }
        }
        window(line, pos, scan);
        line.number++;
        pos = scan + 1;
        return true;
    }

    /** Moves the unread bytes to the front and reads more behind them. */
    private boolean fill(Line line) throws IOException {
        if (pos > 0) {
            System.arraycopy(buf, pos, buf, 0, limit - pos);
            limit -= pos;
            pos = 0;
        }
        int read;
        try {
            read = in.read(buf, limit, SIZE - limit);
        } catch (EOFException e) {
            throw damaged(line, "the gzip stream is cut off: expected more data", e);
        } catch (ZipException e) {
            throw damaged(line, "the gzip stream is damaged: " + e.getMessage(), e);
        }
        limit += Math.max(0, read);
        return read >= 0;
    }

    private static TraceFormatException damaged(Line line, String problem, IOException cause) {
        line.number++;
        TraceFormatException e = line.fail(problem);
        e.initCause(cause);
        return e;
    }

    private void window(Line line, int from, int to) {
        line.start = from;
        line.end = to > from && buf[to - 1] == '\r' ? to - 1 : to;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

package org.jurcu.task.trace;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Finds out from the first bytes whether a recording is plain or compressed. */
final class TraceInput {
    private static final int MAGIC = 4;
    private static final int CHUNK = 64 * 1024;

    private TraceInput() {}

    /** Returns a stream of the recording's text. */
    static InputStream plainText(InputStream raw, String name) throws IOException {
        byte[] magic = raw.readNBytes(MAGIC);
        PushbackInputStream in = new PushbackInputStream(raw, MAGIC);
        in.unread(magic);
        if (startsWith(magic, 0x1f, 0x8b)) {
            return gunzip(in, name);
        }
        if (startsWith(magic, 0x28, 0xb5, 0x2f, 0xfd)) {
            throw unsupported(name, "zstd", "unzstd it first");
        }
        if (startsWith(magic, 0xfd, '7', 'z', 'X')) {
            throw unsupported(name, "xz", "unxz it first");
        }
        if (startsWith(magic, 'B', 'Z', 'h')) {
            throw unsupported(name, "bzip2", "bunzip2 it first");
        }
        if (startsWith(magic, 0x17, 0x08, 'D', 't')) {
            throw unsupported(name, "trace-cmd", "save the text of trace-cmd report -N instead");
        }
        if (startsWith(magic, 'P', 'E', 'R', 'F')) {
            throw unsupported(name, "perf", "save the text of perf script instead");
        }
        return in;
    }

    private static InputStream gunzip(InputStream in, String name) throws IOException {
        try {
            return new GZIPInputStream(new AlwaysAvailable(in), CHUNK);
        } catch (EOFException e) {
            throw (IOException)
                    new TraceFormatException(name, 1, "the gzip stream is cut off: expected more data").initCause(e);
        } catch (ZipException e) {
            throw (IOException)
                    new TraceFormatException(name, 1, "the gzip stream is damaged: " + e.getMessage()).initCause(e);
        }
    }

    private static TraceFormatException unsupported(String name, String format, String advice) {
        return new TraceFormatException(
                name,
                1,
                "expected text of ftrace, trace-cmd or perf, plain or gzip, but this is " + format + " data: "
                        + advice);
    }

    private static boolean startsWith(byte[] bytes, int... magic) {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * GZIPInputStream looks for a further gzip member only if its source says that bytes are available, which a pipe may
     * deny. At the real end it finds no member and stops.
     */
    private static final class AlwaysAvailable extends FilterInputStream {
        AlwaysAvailable(InputStream in) {
            super(in);
        }

        @Override
        public int available() {
            return 1;
        }
    }
}

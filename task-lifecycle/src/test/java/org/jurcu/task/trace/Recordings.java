package org.jurcu.task.trace;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The bundled recordings and texts made up by tests. */
final class Recordings {
    static final String HEAD = "            bash-1234    [001] d..2. 4097.769763: ";

    private Recordings() {}

    static Path file(String name) {
        return Path.of("src/test/resources/traces", name + ".trace.gz");
    }

    /** Returns the recording's lines by the JDK's own means. */
    static List<String> lines(String name) {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file(name))), StandardCharsets.UTF_8))) {
            return in.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    static TraceReader reader(String text) throws IOException {
        return TraceReader.of(stream(text), "t");
    }

    static List<TraceEvent> all(TraceReader reader) throws IOException {
        try (reader) {
            List<TraceEvent> events = new ArrayList<>();
            for (TraceEvent event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
            return events;
        }
    }

    static List<TraceEvent> all(String text) throws IOException {
        return all(reader(text));
    }

    /** Reads an event that stands behind {@link #HEAD}. */
    static <E extends TraceEvent> E body(Class<E> type, String body) throws IOException {
        List<TraceEvent> events = all(HEAD + body + "\n");
        if (events.size() != 1) {
            throw new AssertionError("expected one event but read " + events);
        }
        return type.cast(events.get(0));
    }

    static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }
}

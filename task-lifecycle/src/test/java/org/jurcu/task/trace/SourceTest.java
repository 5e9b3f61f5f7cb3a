package org.jurcu.task.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the bytes come from and how they end. */
class SourceTest {
    private static final String FREE = Recordings.HEAD + "sched_process_free: comm=a pid=1 prio=2\n";
    private static final List<TraceEvent> THREE = three();

    @TempDir
    Path dir;

    private static List<TraceEvent> three() {
        try {
            return Recordings.all(FREE.repeat(3));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<TraceEvent> read(byte[] bytes) throws IOException {
        return Recordings.all(TraceReader.of(new ByteArrayInputStream(bytes), "t"));
    }

    private static String refusal(byte[] bytes) {
        return assertThrows(TraceFormatException.class, () -> read(bytes)).getMessage();
    }

    @Test
    void gzipIsToldByItsBytes() throws IOException {
        byte[] plain = bytes(FREE.repeat(3));
        Path misnamedPlain = Files.write(dir.resolve("plain.gz"), plain);
        Path misnamedGzip = Files.write(dir.resolve("gzip.txt"), Recordings.gzip(plain));
        for (Path file : List.of(misnamedPlain, misnamedGzip)) {
            try (TraceReader reader = TraceReader.open(file)) {
                assertEquals(file.toString(), reader.name());
            }
            assertEquals(THREE, Recordings.all(TraceReader.open(file)));
        }
    }

    /** Files of several members, as log rotation makes them, also where the source denies that more is available. */
    @Test
    void gzipMembersAreJoined() throws IOException {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.write(Recordings.gzip(bytes(FREE + FREE.substring(0, 30))));
        members.write(Recordings.gzip(new byte[0]));
        members.write(Recordings.gzip(bytes(FREE.substring(30) + FREE)));
        assertEquals(THREE, read(members.toByteArray()));
        assertEquals(
                THREE,
                Recordings.all(TraceReader.of(new Dripping(new ByteArrayInputStream(members.toByteArray())), "-")));
    }

    /** A pipe gives what it has. */
    @Test
    void drippingSources() throws IOException {
        byte[] plain = bytes(FREE.repeat(3));
        for (byte[] source : List.of(plain, Recordings.gzip(plain))) {
            TraceReader reader = TraceReader.of(new Dripping(new ByteArrayInputStream(source)), "-");
            assertEquals("-", reader.name());
            assertEquals(THREE, Recordings.all(reader));
        }
    }

    @Test
    void standardInput() throws IOException {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(bytes(FREE + "?\n")));
        try (TraceReader reader = TraceReader.of(System.in, "-")) {
            assertEquals(THREE.get(0), reader.next());
            assertEquals(
                    "-:2: expected an event line, TASK-PID [CPU] FLAGS TIME: EVENT, but found '?'",
                    assertThrows(TraceFormatException.class, reader::next).getMessage());
        } finally {
            System.setIn(before);
        }
    }

    /** Wherever a gzip stream is cut, nothing else than a refusal or, before the magic, an empty recording comes out. */
    @Test
    void tornGzip() throws IOException {
        byte[] whole = Recordings.gzip(bytes(FREE.repeat(3)));
        for (int length = 2; length < whole.length; length++) {
            String message = refusal(Arrays.copyOf(whole, length));
            assertTrue(message.endsWith(": the gzip stream is cut off: expected more data"), message);
        }
        assertEquals(THREE, read(whole));
        byte[] storm = Files.readAllBytes(Recordings.file("storm"));
        String message = refusal(Arrays.copyOf(storm, storm.length / 2));
        assertTrue(message.matches("t:\\d{4}: the gzip stream is cut off: expected more data"), message);
    }

    @Test
    void damagedGzip() throws IOException {
        byte[] gzip = Recordings.gzip(bytes(FREE.repeat(3)));
        byte[] checksum = gzip.clone();
        checksum[gzip.length - 8] ^= 1;
        assertEquals("t:4: the gzip stream is damaged: Corrupt GZIP trailer", refusal(checksum));
        byte[] method = gzip.clone();
        method[2] = 7;
        assertEquals("t:1: the gzip stream is damaged: Unsupported compression method", refusal(method));
        byte[] data = gzip.clone();
        Arrays.fill(data, 10, 20, (byte) 0xff);
        assertTrue(refusal(data).startsWith("t:1: the gzip stream is damaged: "));
    }

    /** Wherever a recording is cut, the last line is refused, even where it looks complete. */
    @Test
    void tornLastLine() throws IOException {
        byte[] two = bytes(FREE + FREE);
        int first = FREE.length();
        for (int length = first + 1; length < two.length; length++) {
            String message = refusal(Arrays.copyOf(two, length));
            assertTrue(
                    message.startsWith(
                            "t:2: the recording is cut off in the middle of a line: expected a line end after '"),
                    message);
        }
        assertEquals(
                "t:2: the recording is cut off in the middle of a line: expected a line end after"
                        + " '...] d..2. 4097.769763: sched_process_free: comm=a pid=1 prio=2'",
                refusal(Arrays.copyOf(two, two.length - 1)));
        assertEquals(
                "t:2: the recording is cut off in the middle of a line: expected a line end after '# tra'",
                refusal(bytes(FREE + "# tra")));
    }

    @Test
    void otherCompressions() {
        String expected = "t:1: expected text of ftrace, trace-cmd or perf, plain or gzip, but this is ";
        assertEquals(
                expected + "zstd data: unzstd it first",
                refusal(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 2}));
        assertEquals(expected + "xz data: unxz it first", refusal(new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0}));
        assertEquals(expected + "bzip2 data: bunzip2 it first", refusal(bytes("BZh91AY")));
        assertEquals(
                expected + "trace-cmd data: save the text of trace-cmd report -N instead",
                refusal(bytes("\u0017\bDtracing")));
        assertEquals(expected + "perf data: save the text of perf script instead", refusal(bytes("PERFILE2")));
    }

    @Test
    void carriageReturns() throws IOException {
        String text =
                "# tracer: nop\r\n#           #P:4\r\n\r\n" + FREE.repeat(3).replace("\n", "\r\n");
        try (TraceReader reader = Recordings.reader(text)) {
            for (TraceEvent expected : THREE) {
                assertEquals(((TraceEvent.Free) expected).taskComm(), ((TraceEvent.Free) reader.next()).taskComm());
            }
            assertNull(reader.next());
            assertEquals(4, reader.declaredCpus());
        }
    }

    /** Lines of every length that straddle the end of the buffer in every way. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 60, 1_000, 40_000, 65_000})
    void linesAcrossTheBuffersEnd(int padding) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 400_000 / (padding + 50) + 3; i++) {
            text.append('#').append("x".repeat(padding)).append('\n').append(FREE);
        }
        long expected = text.chars().filter(c -> c == '\n').count() / 2;
        try (TraceReader reader = Recordings.reader(text.toString())) {
            for (int i = 0; i < expected; i++) {
                assertEquals(2L * (i + 1), reader.next().line());
            }
            assertNull(reader.next());
            assertEquals(expected, reader.events());
        }
    }

    @Test
    void linesThatAreNoEvents() throws IOException {
        String text = "# tracer: nop\n#\n# entries-in-buffer/entries-written: 100/107   #P:8\n#\n"
                + "#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION\n#              | |         |\n"
                + "##### CPU 1 buffer started ####\n" + FREE + "\n \t\n" + "CPU:0 [LOST 123 EVENTS]\n" + FREE
                + "CPU:1 [LOST EVENTS]\n" + Recordings.HEAD + "<stack trace>\n => do_exit\n => __x64_sys_exit\n" + FREE;
        try (TraceReader reader = Recordings.reader(text)) {
            assertEquals(0, reader.declaredCpus());
            assertEquals(0, reader.line());
            assertEquals(8, reader.next().line());
            assertEquals(8, reader.declaredCpus());
            assertEquals(7, reader.lostEvents());
            assertEquals(12, reader.next().line());
            assertEquals(130, reader.lostEvents());
            assertEquals(17, reader.next().line());
            assertEquals(131, reader.lostEvents());
            assertNull(reader.next());
            assertNull(reader.next());
            assertEquals(3, reader.events());
            assertEquals(Map.of("<stack trace>", 1L), reader.skippedByName());
        }
    }

    @Test
    void lostEventsDoNotOverflow() throws IOException {
        String lost = "CPU:0 [LOST 9223372036854775807 EVENTS]\n";
        try (TraceReader reader = Recordings.reader(lost + lost + FREE)) {
            assertEquals(TraceEvent.Kind.FREE, reader.next().kind());
            assertEquals(Long.MAX_VALUE, reader.lostEvents());
        }
    }

    /** Numbers in comments that make no sense are comments. */
    @Test
    void oddComments() throws IOException {
        String text = "# #P:\n# #P:99999999999999999999\n# #P:9999\n# entries-in-buffer/entries-written: 5/3 #P:x\n"
                + "# entries-in-buffer/entries-written: 5\n# entries-in-buffer/entries-written: /\n" + FREE;
        try (TraceReader reader = Recordings.reader(text)) {
            assertEquals(7, reader.next().line());
            assertEquals(0, reader.declaredCpus());
            assertEquals(0, reader.lostEvents());
        }
    }

    @Test
    void filesThatCannotBeRead() {
        Path missing = dir.resolve("missing.trace");
        assertEquals(
                missing.toString(),
                assertThrows(NoSuchFileException.class, () -> TraceReader.open(missing))
                        .getMessage());
        assertEquals(
                dir + " is a directory: expected a recording",
                assertThrows(IOException.class, () -> TraceReader.open(dir)).getMessage());
    }

    @Test
    void sourceErrorsPass() throws IOException {
        IOException broken = new IOException("the disk is gone");
        InputStream in = new FilterInputStream(Recordings.stream(FREE + FREE)) {
            @Override
            public int read(byte[] b, int off, int len) throws IOException {
                int n = super.read(b, off, len);
                if (n < 0) {
                    throw broken;
                }
                return n;
            }
        };
        try (TraceReader reader = TraceReader.of(in, "t")) {
            assertEquals(1, reader.next().line());
            assertEquals(2, reader.next().line());
            assertEquals(broken, assertThrows(IOException.class, reader::next));
        }
    }

    @Test
    void closes() throws IOException {
        boolean[] closed = new boolean[1];
        InputStream in = new FilterInputStream(Recordings.stream(FREE + FREE)) {
            @Override
            public void close() throws IOException {
                closed[0] = true;
                super.close();
            }
        };
        TraceReader reader = TraceReader.of(in, "t");
        assertEquals(1, reader.next().line());
        assertFalse(closed[0]);
        reader.close();
        reader.close();
        assertTrue(closed[0]);
        assertEquals(
                "t: the reader is closed: read before close()",
                assertThrows(IOException.class, reader::next).getMessage());
        assertEquals(1, reader.events());
    }

    @Test
    void refusedSourcesAreClosed() {
        boolean[] closed = new boolean[1];
        InputStream in = new FilterInputStream(Recordings.stream("BZh9")) {
            @Override
            public void close() throws IOException {
                closed[0] = true;
                super.close();
            }
        };
        assertThrows(TraceFormatException.class, () -> TraceReader.of(in, "t"));
        assertTrue(closed[0]);
    }

    /** One byte a call, and never a promise of more. */
    private static final class Dripping extends FilterInputStream {
        Dripping(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            return super.read(b, off, Math.min(len, 1));
        }

        @Override
        public int available() {
            return 0;
        }
    }
}

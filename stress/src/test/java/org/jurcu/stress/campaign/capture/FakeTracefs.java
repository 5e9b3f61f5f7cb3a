package org.jurcu.stress.campaign.capture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A directory with the files of tracefs, and what the kernel does behind them as far as a capture can see. */
final class FakeTracefs extends Tracefs {
    /** All writes, in order, without the name of the instance. */
    final List<String> writes = new ArrayList<>();

    /** The write at which the disk fails, from 0. */
    int failingWrite = -1;

    /** What the kernel grants, whatever it is asked for; 0 for what it is asked for. */
    int grantedKib;

    boolean refusesBuffer;
    String clocks = "[local] global counter uptime perf mono mono_raw boot tai x86-tsc\n";
    String stats = "entries: 1\noverrun: 0\ncommit overrun: 0\nbytes: 40\ndropped events: 0\nread events: 0\n";
    Supplier<String> trace = () -> "";

    /** Reading what was recorded fails behind the text. */
    boolean tornTrace;

    FakeTracefs(Path root) throws IOException {
        super(root);
        Files.createDirectories(root.resolve("instances"));
        for (CaptureEvent event : CaptureEvent.values()) {
            Files.createDirectories(root.resolve("events").resolve(event.path()));
        }
    }

    void lack(CaptureEvent event) throws IOException {
        Files.delete(root().resolve("events").resolve(event.path()));
    }

    @Override
    void makeInstance(String name) throws IOException {
        super.makeInstance(name);
        Path instance = root().resolve("instances").resolve(name);
        for (String file : List.of("tracing_on", "buffer_size_kb", "trace", "events/enable")) {
            make(instance.resolve(file), "");
        }
        make(instance.resolve("trace_clock"), clocks);
        for (CaptureEvent event : CaptureEvent.values()) {
            make(instance.resolve("events/" + event.path() + "/enable"), "");
            make(instance.resolve("events/" + event.path() + "/filter"), "");
        }
        make(instance.resolve("per_cpu/cpu0/stats"), stats);
        make(instance.resolve("per_cpu/cpu1/stats"), stats);
    }

    private static void make(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Override
    void write(String instance, String file, String text) throws IOException {
        if (writes.size() == failingWrite) {
            writes.add("failed");
            throw new IOException("Input/output error");
        }
        writes.add(file + " " + text);
        if (file.equals("buffer_size_kb")) {
            if (refusesBuffer) {
                throw new IOException("Cannot allocate memory");
            }
            super.write(instance, file, (grantedKib == 0 ? text : grantedKib) + " (expanded: 1408)\n");
        } else {
            super.write(instance, file, text);
        }
    }

    @Override
    InputStream open(String instance, String file) throws IOException {
        super.open(instance, file).close();
        InputStream text = new ByteArrayInputStream(trace.get().getBytes(StandardCharsets.ISO_8859_1));
        return tornTrace ? new SequenceInputStream(text, new Torn()) : text;
    }

    private static final class Torn extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("Input/output error");
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return read();
        }
    }

    @Override
    void removeInstance(String name) throws IOException {
        try (Stream<Path> files = Files.walk(root().resolve("instances").resolve(name))) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}

package org.jurcu.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jurcu.task.TaskLayout;
import org.jurcu.task.load.LoadGenerator;
import org.jurcu.task.load.LoadOptions;
import org.jurcu.task.replay.Replay;
import org.jurcu.task.replay.ReplayOptions;
import org.jurcu.task.replay.ReplayReport;
import org.jurcu.task.trace.TraceReader;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A generated recording, read and replayed: the time of one event. Each operation is a whole recording; the counter {@code
 * event} gives its time for each event.
 *
 * <p>The floor reads the bytes and looks for the ends of lines.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class ReplayBenchmark {
    private static final int CPUS = 8;

    /** A recording. */
    @State(Scope.Benchmark)
    public static class Recording {
        /** Tasks in it; each has about ten events. */
        @Param("20000")
        public int tasks;

        private Path file;
        private long events;

        /** Writes it. */
        @Setup(Level.Trial)
        public void generate() throws IOException {
            file = Files.createTempFile("jurcu", ".trace");
            events = LoadGenerator.write(file, LoadOptions.of(1, CPUS, tasks)).events();
        }

        /** Deletes it. */
        @TearDown(Level.Trial)
        public void delete() throws IOException {
            Files.delete(file);
        }
    }

    /** What a recording is divided by. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Events {
        /** Read or replayed. */
        public long event;
    }

    /** Reads all events. */
    @Benchmark
    public long parse(Recording recording, Events events) throws IOException {
        try (TraceReader trace = TraceReader.open(recording.file)) {
            while (trace.next() != null) {
                events.event++;
            }
            return counted(trace.events(), recording);
        }
    }

    /** Floor of all: reads the bytes and counts lines. */
    @Benchmark
    public long floorLines(Recording recording, Events events) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long lines = 0;
        try (InputStream in = Files.newInputStream(recording.file)) {
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
            }
        }
        if (lines < recording.events) {
            throw new IllegalStateException("fewer lines than events: " + lines);
        }
        events.event += recording.events;
        return lines;
    }

    /** Reads, plans and plays it in order {@code racy}, without further readers. */
    @Benchmark
    public long replayRacy(Recording recording, Events events) throws IOException {
        ReplayReport report = Replay.run(recording.file, new ReplayOptions(0, TaskLayout.TAGGED).racy(0));
        if (!report.passed()) {
            throw new IllegalStateException("the replay does not pass: " + report.mismatches());
        }
        events.event += counted(report.events(), recording);
        return report.modelFrees();
    }

    private static long counted(long events, Recording recording) {
        if (events != recording.events) {
            throw new IllegalStateException(events + " events were read of " + recording.events);
        }
        return events;
    }
}

package org.jurcu.task.trace;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads a recording of the kernel's task lifecycle: the text of tracefs' files {@code trace} and {@code trace_pipe}, of
 * {@code trace-cmd report -N} or of {@code perf script}, plain or gzip. Which of them is told by what stands in it, not by
 * its name.
 *
 * <pre>{@code
 * import java.io.IOException;
 * import java.nio.file.Path;
 * import org.jurcu.task.trace.TraceEvent;
 * import org.jurcu.task.trace.TraceReader;
 *
 * public class Lifetimes {
 *     public static void main(String[] args) throws IOException {
 *         try (TraceReader reader = TraceReader.open(Path.of(args[0]))) {
 *             for (TraceEvent event = reader.next(); event != null; event = reader.next()) {
 *                 if (event instanceof TraceEvent.Fork fork) {
 *                     System.out.println(fork.parentPid() + " made " + fork.childPid());
 *                 } else if (event instanceof TraceEvent.Free free) {
 *                     System.out.println(free.taskPid() + " is freed, at " + free.timeNanos() + " ns");
 *                 }
 *             }
 *             System.out.println(reader.events() + " events, not known: " + reader.skippedByName());
 *             if (reader.lostEvents() > 0) {
 *                 System.out.println("the kernel lost " + reader.lostEvents() + " events");
 *             }
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p><b>What is read.</b> The events of {@link TraceEvent}. Others, system calls that {@link Syscall} does not name among
 * them, are counted and skipped, once their header was read. Lines that are no events are accepted where ftrace writes
 * them: comments, notes of lost events, frames of stack traces, blank lines. The header may have or lack the column of
 * flags and the column of thread groups; time stamps have 6 decimals or more, of which 9 are kept. Fields that a later
 * kernel adds behind the known ones are ignored. Line ends may be CRLF. Of perf's columns those that it prints for
 * tracepoints by default are expected, with or without {@code --ns}, {@code -F +pid} and call chains; it notes lost events
 * if it is run with {@code --show-lost-events}.
 *
 * <p><b>What is refused</b>, by a {@link TraceFormatException} that names the line and what was expected there: any other
 * line; a line of another format than those before; a known event with a field that is missing, no number or out of range; time that goes backwards on one CPU; a
 * line longer than 64 KiB; data that end in the middle of a line, even of one that looks complete, since a cut number
 * still is a number; the short form of {@code sched_switch} that trace-cmd prints without {@code -N}, since
 * versions of its plugin disagree which letter is a zombie; damaged or cut gzip data; and a recording without a single known event, because whoever
 * checks it would take the silence for success. After an error every further {@link #next()} repeats it.
 *
 * <p><b>Names.</b> The kernel escapes nothing. Spaces, brackets, {@code =} and even text that looks like other fields are
 * told apart by what must follow; a line break within a command name or a file name cannot be, and is refused.
 *
 * <p><b>Cost.</b> One pass over the bytes, memory of fixed size whatever the input, two or three small objects an event;
 * names that repeat are shared.
 *
 * <p><b>Memory effects and progress.</b> A reader belongs to one thread at a time; whoever passes it on must synchronize.
 * Events are immutable and may be published in any way. {@link #next()} blocks for as long as the source does. Times
 * are nanoseconds of the recording's clock.
 *
 * <p>Mirrors the kernel's {@code kernel/trace/trace_output.c} ({@code trace_print_context}) and {@code trace.c}
 * ({@code print_trace_line}), read backwards.
 */
public final class TraceReader implements Closeable {
    private final String name;
    private final LineSource source;
    private final Line line;
    private final Dialect dialect = new Dialect();
    private final Comments comments = new Comments(dialect);
    private final HeaderParser headers;
    private final CpuClocks clocks = new CpuClocks();
    private final EventParser parser;
    private final SkippedEvents skipped = new SkippedEvents();
    private long events;
    private boolean ended;
    private boolean closed;
    private TraceFormatException failure;

    private TraceReader(InputStream text, String name) {
        this.name = name;
        source = new LineSource(text);
        line = new Line(name, source.buf);
        headers = new HeaderParser(dialect, line);
        parser = new EventParser(dialect, line);
    }

    /**
     * Opens a file.
     *
     * @throws java.nio.file.NoSuchFileException if it does not exist
     * @throws TraceFormatException if its first bytes are those of no recording
     * @throws IOException if it cannot be read
     */
    public static TraceReader open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a directory: expected a recording");
        }
        return of(Files.newInputStream(file), file.toString());
    }

    /**
     * Reads from a stream, which {@link #close()} closes.
     *
     * @param in the recording, plain or gzip; its first bytes are read at once, and it is closed if they are refused
     * @param name what messages call it; {@code -} is the usual name of standard input
     * @throws TraceFormatException if the first bytes are those of no recording
     * @throws IOException if the stream cannot be read
     */
    public static TraceReader of(InputStream in, String name) throws IOException {
        try {
            return new TraceReader(TraceInput.plainText(in, name), name);
        } catch (IOException | RuntimeException e) {
            try {
                in.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /**
     * Returns the next event, or null at the end.
     *
     * @throws TraceFormatException if the recording is not what it should be; it is thrown again by later calls
     * @throws IOException if the source cannot be read or the reader is closed
     */
    public TraceEvent next() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (closed) {
            throw new IOException(name + ": the reader is closed: read before close()");
        }
        try {
            return read();
        } catch (TraceFormatException e) {
            failure = e;
            throw e;
        }
    }

    private TraceEvent read() throws IOException {
        while (!ended && source.next(line)) {
            if (comments.take(line)) {
                continue;
            }
            Header header = headers.parse(line);
            if (dialect.format() == TraceFormat.PERF && comments.takeLost(line, header)) {
                continue;
            }
            clocks.check(line, header.cpu(), header.timeNanos());
            TraceEvent event = parser.parse(line, header);
            if (event != null) {
                events++;
                return event;
            }
            skipped.add(parser.unknownName(line, header));
        }
        ended = true;
        if (events == 0) {
            throw line.fail(nothing());
        }
        return null;
    }

    private String nothing() {
        if (line.number == 0) {
            return "the recording is empty: expected ftrace text";
        }
        String others = skipped.total() > 0 ? " but found only " + skipped.total() + " of other kinds" : "";
        return "the recording holds no event of a task's life: expected some of sched_process_*, sched_switch and"
                + " task_newtask" + others;
    }

    /** Returns which program printed the recording, as far as the lines read so far show it; else null. */
    public TraceFormat format() {
        return dialect.format();
    }

    /** Returns the recording's name as messages have it. */
    public String name() {
        return name;
    }

    /** Returns the number of the line read last, from 1; 0 before the first. */
    public long line() {
        return line.number;
    }

    /** Returns how many events were returned. */
    public long events() {
        return events;
    }

    /** Returns how many events were skipped because they are not known. */
    public long skipped() {
        return skipped.total();
    }

    /**
     * Returns a copy of the names of the events skipped, with their counts, sorted. Beyond 1,024 names the rest is counted
     * together as {@code (others)}.
     */
    public Map<String, Long> skippedByName() {
        return skipped.byName();
    }

    /**
     * Returns how many events the recording says are missing so far: those of {@code CPU:n [LOST m EVENTS]} and its like in
     * the other formats (1 where the number is not known), and those that were written to the ring buffer but are no longer
     * in it.
     */
    public long lostEvents() {
        return comments.lostEvents();
    }

    /** Returns the number of CPUs that the recording's head declares ({@code #P:n}, {@code cpus=n}), 0 if it does not. */
    public int declaredCpus() {
        return comments.declaredCpus();
    }

    /** Closes the source. Counters may still be read. */
    @Override
    public void close() throws IOException {
        closed = true;
        source.close();
    }
}

package org.jurcu.task.timeline;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jurcu.task.CountHistory;
import org.jurcu.task.replay.ReplayReport;
import org.jurcu.task.trace.TraceReader;

/**
 * Writes a page that shows a recording beside its replay: CPUs and tasks over time, each lifetime coloured by what the task
 * was doing, who changed its counts, and the kernel's free beside the model's.
 *
 * <pre>{@code
 * import java.io.IOException;
 * import java.nio.file.Path;
 * import org.jurcu.task.CountHistory;
 * import org.jurcu.task.replay.Replay;
 * import org.jurcu.task.replay.ReplayOptions;
 * import org.jurcu.task.replay.ReplayReport;
 * import org.jurcu.task.timeline.Timeline;
 *
 * public class Draw {
 *     public static void main(String[] args) throws IOException {
 *         Path recording = Path.of(args[0]);
 *         CountHistory history = new CountHistory(16, 1_000_000, Replay.current());
 *         ReplayReport report = Replay.run(recording, ReplayOptions.DEFAULT.watchedBy(history));
 *         Timeline.write(recording, history.lifetimes(), report, Path.of("timeline.html"));
 *     }
 * }
 * }</pre>
 *
 * <p>The page refers to nothing outside of itself. It is written in one pass over the recording, in memory proportional to
 * its tasks and their switches; the file appears as a whole or not at all. Not thread-safe against a replay that still
 * fills the history; any number of pages may be written at once.
 *
 * <p>The kernel has nothing like it; {@code kernelshark} draws recordings of other kinds.
 */
public final class Timeline {
    private static final String STYLE = "/*STYLE*/";
    private static final String DATA = "/*DATA*/";
    private static final String SCRIPT = "/*SCRIPT*/";
    private static final String TITLE = "/*TITLE*/";

    private Timeline() {}

    /**
     * Writes the page.
     *
     * @param recording what was replayed
     * @param lifetimes what is known of the counts; empty draws what the recording tells alone
     * @param report what the replay found
     * @param page the file to write
     * @throws IOException if the recording cannot be read or the page cannot be written
     */
    public static void write(Path recording, List<CountHistory.Lifetime> lifetimes, ReplayReport report, Path page)
            throws IOException {
        Path part = page.resolveSibling(page.getFileName() + ".part");
        try {
            try (TraceReader trace = TraceReader.open(recording);
                    BufferedWriter out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
                RecordedTasks recorded = RecordedTasks.read(trace);
                write(recorded, new ModelTimes(lifetimes, recorded.first()), report, out);
            }
            Files.move(part, page, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void write(RecordedTasks recorded, ModelTimes model, ReplayReport report, Writer out)
            throws IOException {
        String frame = resource("timeline.html");
        int from = 0;
        for (String mark : List.of(TITLE, STYLE, DATA, SCRIPT)) {
            int at = frame.indexOf(mark);
            out.append(frame, from, at);
            switch (mark) {
                case TITLE -> out.append(escaped(report.trace()));
                case STYLE -> out.append(resource("timeline.css"));
                case DATA -> new TimelineData(recorded, model, new JsonText(out)).write(report);
                default -> out.append(resource("timeline.js"));
            }
            from = at + mark.length();
        }
        out.append(frame, from, frame.length());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Timeline.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

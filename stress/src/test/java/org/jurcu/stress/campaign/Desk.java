package org.jurcu.stress.campaign;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jurcu.stress.campaign.process.JavaCommand;
import org.jurcu.stress.campaign.replay.Replayer;
import org.jurcu.task.replay.ReplayOptions;
import org.jurcu.task.replay.ReplayReport;
import org.jurcu.task.trace.TraceFormatException;

/** A user at a desk: gives a command line, reads both outputs and the exit status. */
final class Desk implements Replayer {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Environment environment;
    ReplayOptions lastOptions;
    int replays;

    Desk(Path root) {
        this(root, JavaCommand.thisJava(), "");
    }

    Desk(Path root, Path java, String in) {
        environment = new Environment(
                root,
                java,
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                0,
                this);
    }

    int run(Object... args) {
        String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        return CampaignMain.commandLine(environment).execute(words);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Returns the complaints, which are all that the program says in its own name. */
    String complaints() {
        return err().lines()
                .filter(line -> line.startsWith("campaign: "))
                .reduce("", (a, b) -> a.isEmpty() ? b : a + "\n" + b);
    }

    /** A file's name says what its replay finds. */
    @Override
    public ReplayReport replay(Path recording, ReplayOptions options) throws IOException {
        lastOptions = options;
        replays++;
        String name = recording.getFileName().toString();
        if (name.contains("torn")) {
            throw new TraceFormatException(name, 12, "the line ends in the middle of an event");
        }
        if (name.contains("broken")) {
            throw new IllegalStateException("a task was freed twice");
        }
        if (name.contains("rare") && options.seed() == 12) {
            return Reports.racyLeak(recording.toString(), options.seed());
        }
        if (name.contains("early")) {
            return Reports.withEarlyFree(name);
        }
        return Reports.agreeing(name, name.contains("empty") ? 0 : 7);
    }

    @Override
    public ReplayReport replay(InputStream recording, String name, ReplayOptions options) throws IOException {
        return Reports.agreeing(name, new String(recording.readAllBytes(), StandardCharsets.UTF_8).length());
    }
}

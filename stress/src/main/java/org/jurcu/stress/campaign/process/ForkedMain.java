package org.jurcu.stress.campaign.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A program of the jar in a JVM of its own, which leaves what it found in a file. Who hangs is left behind with it, and neither
 * profiles nor threads of another part are in its way.
 */
public final class ForkedMain {
    private final Path java;
    private final Path jar;
    private final Path directory;
    private final String name;

    /** Runs {@code jar} with {@code java}; {@code name}.log and {@code name}.json will be in {@code directory}. */
    public ForkedMain(Path java, Path jar, Path directory, String name) {
        this.java = java;
        this.jar = jar;
        this.directory = directory;
        this.name = name;
    }

    /**
     * A run that is over.
     *
     * @param command as a shell would read it
     * @param results what it left, if it did
     * @param log what it said
     * @param timedOut whether it was stopped
     * @param how it ended, as "was stopped after 90 s"
     */
    public record Ended(String command, Path results, Path log, boolean timedOut, String how) {}

    /** Runs {@code main} with the path of its results in front of its arguments, for as long as {@code limit} at most. */
    public Ended run(
            List<String> options, Class<?> main, List<String> arguments, Duration limit, Consumer<String> onLine)
            throws IOException, InterruptedException {
        Path work = FreshDirectory.at(directory);
        Path results = work.resolve(name + ".json");
        Path log = work.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(JavaCommand.forked());
        command.addAll(options);
        command.addAll(List.of("-cp", jar.toString(), main.getName(), results.toString()));
        command.addAll(arguments);
        ChildProcess.End end = ChildProcess.run(command, work, log, limit, onLine);
        String how = end.timedOut()
                ? "was stopped after " + limit.toSeconds() + " s"
                : "ended with exit status " + end.exitStatus();
        return new Ended(JavaCommand.shellQuote(command), results, log, end.timedOut(), how);
    }
}

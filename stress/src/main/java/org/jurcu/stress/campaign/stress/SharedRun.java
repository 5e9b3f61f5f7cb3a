package org.jurcu.stress.campaign.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jurcu.stress.campaign.process.ChildProcess;
import org.jurcu.stress.campaign.process.JavaCommand;
import org.jurcu.stress.campaign.stress.shared.SharedJvm;

/** Runs tests one after the other in one JVM, and goes on in another behind a test that a JVM died of. */
final class SharedRun {
    private final Path java;
    private final Path jar;
    private final Path directory;
    private final Path log;
    private final StressPlan plan;
    private final Consumer<String> onEnd;
    private final List<String> commands = new ArrayList<>();
    private final List<String> mishaps = new ArrayList<>();
    private final Map<String, Observation> lost = new TreeMap<>();
    private String begun;

    /** Results go to {@code directory}, which exists; {@code onEnd} is told each test that is through. */
    SharedRun(Path java, Path jar, Path directory, Path log, StressPlan plan, Consumer<String> onEnd) {
        this.java = java;
        this.jar = jar;
        this.directory = directory;
        this.log = log;
        this.plan = plan;
        this.onEnd = onEnd;
    }

    /** Runs those of {@code tests} that have no result in the directory. */
    void run(List<String> tests) throws IOException, InterruptedException {
        List<String> left = withoutResult(tests);
        while (!left.isEmpty()) {
            ChildProcess.End end = start(left);
            List<String> later = new ArrayList<>(withoutResult(left));
            if (begun != null && later.remove(begun)) {
                String what = end.timedOut() ? "did not end in time" : "ended with exit status " + end.exitStatus();
                Observation observation = new Observation();
                observation.error("the JVM that ran it " + what);
                lost.put(begun, observation);
            } else if (later.size() == left.size()) {
                mishaps.add("The JVM for " + left.size() + " tests ended with exit status " + end.exitStatus()
                        + " before the first; its log is " + log + ".");
                return;
            }
            left = later;
        }
    }

    private ChildProcess.End start(List<String> tests) throws IOException, InterruptedException {
        Files.write(directory.resolve(SharedJvm.TESTS), tests);
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(plan.sharedOptions());
        command.addAll(List.of(
                "-cp",
                jar.toString(),
                SharedJvm.class.getName(),
                directory.toString(),
                Integer.toString(plan.iterations()),
                Long.toString(plan.millis())));
        commands.add(JavaCommand.shellQuote(command));
        begun = null;
        Duration limit = plan.limit(tests.size());
        return ChildProcess.run(command, directory, log, limit, this::follow);
    }

    private void follow(String line) {
        if (line.startsWith(SharedJvm.BEGIN)) {
            begun = line.substring(SharedJvm.BEGIN.length());
        } else if (line.startsWith(SharedJvm.END)) {
            begun = null;
            onEnd.accept(line.substring(SharedJvm.END.length()));
        }
    }

    private List<String> withoutResult(List<String> tests) throws IOException {
        Map<String, Observation> seen = JcstressResults.read(directory);
        return tests.stream().filter(test -> !seen.containsKey(test)).toList();
    }

    /** Returns what is known of the tests that left no result because their JVM ended. */
    Map<String, Observation> lost() {
        return lost;
    }

    List<String> commands() {
        return commands;
    }

    List<String> mishaps() {
        return mishaps;
    }
}

package org.jurcu.stress.campaign.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jurcu.stress.campaign.process.ChildProcess;
import org.jurcu.stress.campaign.process.JavaCommand;
import org.jurcu.stress.campaign.terminal.Progress;

/**
 * liburcu itself, measured in the same run: builds {@code liburcu.c} once for each flavour, and runs it. A machine without a
 * C compiler or without liburcu skips it with a sentence; a program that was built and then fails is no pass.
 */
public final class Liburcu extends Measurer {
    /** A flavour is chosen by this and its own name. */
    private static final String PREFIX = "liburcu.";

    /** How the first line of the output begins. */
    private static final String COUNT = "scenarios ";

    private static final List<String> FLAVOURS = List.of("memb", "mb", "qsbr", "bp");
    /** As many measurements of JMH take about as long as one flavour. */
    private static final int RUNS_OF_A_FLAVOUR = 9;

    private static final long MIN_MILLIS = 20;
    private static final long MAX_MILLIS = 1_000;
    private static final int MAX_ROUNDS = 25;
    /** Rounds of one flavour, for a deadline only: more scenarios than there are. */
    private static final int MANY_SCENARIOS = 40;

    private static final Duration BUILD_LIMIT = Duration.ofSeconds(60);

    private final Path source;
    private final String compiler;
    private final Path directory;
    private final Progress progress;

    /** Builds {@code source} with {@code compiler}; programs and logs go to {@code directory}. */
    Liburcu(Path source, String compiler, Path directory, Progress progress) {
        this.source = source;
        this.compiler = compiler;
        this.directory = directory;
        this.progress = progress;
    }

    /** Returns where the C program is in the project that begins at {@code root}. */
    public static Path source(Path root) {
        return root.resolve("benchmarks/src/main/c/liburcu.c");
    }

    /** Returns the flavours in whose name {@code liburcu.FLAVOUR} the pattern is found. */
    static List<String> matching(Pattern pattern) {
        return FLAVOURS.stream().filter(f -> pattern.matcher(PREFIX + f).find()).toList();
    }

    /** Returns the names of all flavours, as {@link #matching} looks for them. */
    static List<String> names() {
        return FLAVOURS.stream().map(PREFIX::concat).toList();
    }

    /** Returns as how many measurements of JMH these flavours count. */
    static int runs(List<String> flavours) {
        return flavours.size() * RUNS_OF_A_FLAVOUR;
    }

    /** Builds and runs the flavours, one after the other, until one cannot be built. */
    void measure(List<String> flavours, BenchPlan plan) throws IOException, InterruptedException {
        for (String flavour : flavours) {
            progress.note("bench: liburcu, flavour " + flavour);
            Path program = directory.resolve("liburcu-" + flavour);
            if (!build(flavour, program)) {
                return;
            }
            run(flavour, program, plan);
        }
    }

    private boolean build(String flavour, Path program) throws IOException, InterruptedException {
        List<String> command = List.of(
                compiler,
                "-std=gnu11",
                "-O2",
                "-DFLAVOUR_" + flavour.toUpperCase(Locale.ROOT),
                source.toString(),
                "-o",
                program.toString(),
                "-lurcu-" + flavour,
                "-lurcu-common",
                "-pthread");
        Path log = directory.resolve("liburcu-" + flavour + "-build.log");
        try {
            ChildProcess.End end = ChildProcess.run(command, directory, log, BUILD_LIMIT, line -> {});
            if (end.exitStatus() == 0 && !end.timedOut()) {
                commands.add(JavaCommand.shellQuote(command));
                return true;
            }
            notes.add("liburcu was not measured, because " + compiler + " could not build " + source.getFileName()
                    + ": install liburcu (Debian: liburcu-dev), or see " + log + ".");
        } catch (IOException e) {
            notes.add("liburcu was not measured, because there is no " + compiler
                    + "; install it and liburcu (Debian: gcc, liburcu-dev).");
        }
        return false;
    }

    private void run(String flavour, Path program, BenchPlan plan) throws IOException, InterruptedException {
        int rounds = Math.min(MAX_ROUNDS, plan.forks() * plan.iterations());
        long millis = Math.min(MAX_MILLIS, Math.max(MIN_MILLIS, plan.millis() / 2));
        List<String> command = List.of(program.toString(), Integer.toString(rounds), Long.toString(millis));
        commands.add(JavaCommand.shellQuote(command));
        Path log = directory.resolve("liburcu-" + flavour + ".log");
        Duration limit = Duration.ofSeconds(60).plusMillis(3L * MANY_SCENARIOS * (rounds + 1) * millis);
        List<String> lines = new ArrayList<>();
        ChildProcess.End end = ChildProcess.run(command, directory, log, limit, lines::add);
        int wanted = -1;
        int measured = 0;
        for (String line : lines) {
            Optional<LiburcuLine> figure = LiburcuLine.parse(line);
            if (figure.isPresent()) {
                results.add(figure.get().result(flavour));
                measured++;
            } else if (line.matches(COUNT + "\\d{1,9}")) {
                wanted = Integer.parseInt(line.substring(COUNT.length()));
            }
        }
        expected += Math.max(wanted, measured);
        if (end.timedOut() || end.exitStatus() != 0) {
            reasons.add("liburcu, flavour " + flavour + ", "
                    + (end.timedOut() ? "hung" : "ended with exit status " + end.exitStatus()) + "; its log is " + log
                    + ".");
        } else if (measured != wanted) {
            reasons.add("liburcu, flavour " + flavour + ", gave " + measured + " figures, not " + wanted
                    + "; its log is " + log + ".");
        }
    }
}

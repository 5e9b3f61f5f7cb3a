package org.jurcu.stress.campaign.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.process.ChildProcess;
import org.jurcu.stress.campaign.process.FreshDirectory;
import org.jurcu.stress.campaign.process.JavaCommand;
import org.jurcu.stress.campaign.process.LogTail;
import org.jurcu.stress.campaign.terminal.Progress;

/** Runs JMH. Being slow is no violation; not having measured is no pass. */
public final class BenchRun {
    private static final Duration LIST_LIMIT = Duration.ofSeconds(60);
    private static final Duration LOCK_PAUSE = Duration.ofSeconds(5);
    private static final int LOCK_ATTEMPTS = 24;
    private static final String LOCKED = "Unable to acquire the JMH lock";

    private final Path java;
    private final Path jar;
    private final Path directory;
    private final Progress progress;
    private final Duration lockPause;
    private final List<String> commands = new ArrayList<>();

    /** Runs {@code jar} with {@code java}; logs and results go to {@code directory}. */
    public BenchRun(Path java, Path jar, Path directory, Progress progress) {
        this(java, jar, directory, progress, LOCK_PAUSE);
    }

    BenchRun(Path java, Path jar, Path directory, Progress progress, Duration lockPause) {
        this.java = java;
        this.jar = jar;
        this.directory = directory;
        this.progress = progress;
        this.lockPause = lockPause;
    }

    /** Runs the benchmarks that {@code pattern} finds, or the short selection of them, in about {@code budget}. */
    public Section<BenchmarkResult> run(Pattern pattern, boolean quick, Duration budget)
            throws IOException, InterruptedException, CampaignException {
        long beganAt = System.nanoTime();
        progress.begin("bench");
        FreshDirectory.at(directory);
        BenchmarkChoice all = list().matching(pattern);
        BenchmarkChoice choice = quick ? all.quick() : all;
        if (choice.benchmarks().isEmpty()) {
            throw new CampaignException(
                    "no benchmark matches '" + pattern + "'; ./campaign bench --list shows all names");
        }
        List<String> reasons = new ArrayList<>();
        List<BenchmarkResult> results = Floors.divide(measure(choice, budget, reasons));
        int ran = (int) results.stream()
                .map(r -> JmhJson.method(r) + r.params())
                .distinct()
                .count();
        if (ran < choice.runs() && reasons.isEmpty()) {
            reasons.add("Only " + ran + " of " + choice.runs() + " measurements gave a result.");
        }
        Verdict verdict = reasons.isEmpty() ? Verdict.PASS : Verdict.INCONCLUSIVE;
        double seconds = (System.nanoTime() - beganAt) / 1e9;
        progress.end(String.format(
                Locale.ROOT, "%s, %d of %d measurements in %.0f s", verdict.word(), ran, choice.runs(), seconds));
        return new Section<>(verdict, reasons, noise(results), choice.runs(), ran, seconds, commands, results);
    }

    /** Returns the names of all benchmarks. */
    public Set<String> names() throws IOException, InterruptedException, CampaignException {
        Files.createDirectories(directory);
        return new TreeSet<>(list().benchmarks().keySet());
    }

    private BenchmarkChoice list() throws IOException, InterruptedException, CampaignException {
        List<String> command = JavaCommand.jar(java, jar);
        command.add("-lp");
        List<String> lines = new ArrayList<>();
        Path log = directory.resolve("list.log");
        ChildProcess.End end = ChildProcess.run(command, directory, log, LIST_LIMIT, lines::add);
        BenchmarkChoice choice = BenchmarkChoice.parse(lines);
        if (end.exitStatus() != 0 || choice.benchmarks().isEmpty()) {
            throw new CampaignException("JMH lists no benchmark in " + jar + "; its log is " + log);
        }
        return choice;
    }

    private List<BenchmarkResult> measure(BenchmarkChoice choice, Duration budget, List<String> reasons)
            throws IOException, InterruptedException {
        BenchPlan plan = BenchPlan.within(budget, choice.runs());
        Path json = directory.resolve("jmh.json");
        Path log = directory.resolve("jmh.log");
        List<String> command = JavaCommand.jar(java, jar);
        command.addAll(plan.options());
        command.addAll(List.of("-rf", "json", "-rff", json.toString()));
        command.addAll(choice.arguments());
        commands.add(JavaCommand.shellQuote(command));
        ChildProcess.End end = runWhenUnlocked(command, log, plan.limit(choice.runs()), choice.runs());
        List<BenchmarkResult> results = Files.exists(json) && Files.size(json) > 0 ? JmhJson.read(json) : List.of();
        if (end == null) {
            reasons.add("Another JMH held its lock for "
                    + lockPause.multipliedBy(LOCK_ATTEMPTS).toSeconds() + " s, so nothing was measured.");
            return results;
        }
        missing(choice, results).forEach(name -> reasons.add(name + " gave no result; the log is " + log + "."));
        if (end.timedOut() || end.exitStatus() != 0) {
            reasons.add("JMH " + (end.timedOut() ? "hung" : "ended with exit status " + end.exitStatus())
                    + "; its log is " + log + ".");
        }
        if (!reasons.isEmpty()) {
            progress.note("the end of " + log + ":");
            LogTail.of(log, 12).forEach(line -> progress.note("  | " + line));
        }
        return results;
    }

    /** A figure whose error is half of itself was measured on a machine that did something else. */
    private static List<String> noise(List<BenchmarkResult> results) {
        long noisy = results.stream()
                .filter(r -> r.error() != null && r.error() > r.score() / 2)
                .count();
        return noisy == 0
                ? List.of()
                : List.of(noisy + " of " + results.size() + " figures have an error of more than half of their mean:"
                        + " the time was too short or the machine was busy, so do not quote them.");
    }

    /** Returns null if another JMH did not give its lock free in time. */
    private ChildProcess.End runWhenUnlocked(List<String> command, Path log, Duration limit, int runs)
            throws IOException, InterruptedException {
        for (int attempt = 1; attempt <= LOCK_ATTEMPTS; attempt++) {
            AtomicBoolean locked = new AtomicBoolean();
            AtomicInteger begun = new AtomicInteger();
            ChildProcess.End end = ChildProcess.run(command, directory, log, limit, line -> {
                if (line.contains(LOCKED)) {
                    locked.set(true);
                } else if (line.startsWith("# Benchmark: ")) {
                    progress.step(
                            begun.getAndIncrement(),
                            runs,
                            "measurements, now " + line.substring(line.lastIndexOf('.') + 1));
                }
            });
            if (!locked.get()) {
                return end;
            }
            if (attempt == 1) {
                progress.note("bench: another JMH is measuring on this machine; waiting until it is done");
            }
            Thread.sleep(lockPause.toMillis());
        }
        return null;
    }

    private static Set<String> missing(BenchmarkChoice choice, List<BenchmarkResult> results) {
        Set<String> missing = new TreeSet<>(choice.benchmarks().keySet());
        results.forEach(r -> missing.removeIf(name -> name.endsWith("." + JmhJson.method(r))));
        return missing;
    }
}

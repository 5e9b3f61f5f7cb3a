package org.jurcu.stress.campaign.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
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

/**
 * Runs JMH, once for each strategy of the fences: a strategy is for a whole process. Being slow is no violation; not having
 * measured is no pass.
 */
public final class BenchRun {
    private static final Duration LIST_LIMIT = Duration.ofSeconds(60);
    private static final Duration LOCK_PAUSE = Duration.ofSeconds(5);
    private static final int LOCK_ATTEMPTS = 24;

    private final Path java;
    private final Path jar;
    private final Path directory;
    private final Progress progress;
    private final Liburcu liburcu;
    private final LatencyRun latency;
    private final Duration lockPause;
    private final List<String> commands = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private int runs;
    private int begun;
    private int skipped;

    /**
     * Runs {@code jar} with {@code java}, and what is built of {@code liburcuSource}; logs and results go to
     * {@code directory}.
     */
    public BenchRun(Path java, Path jar, Path liburcuSource, Path directory, Progress progress) {
        this(java, jar, directory, progress, LOCK_PAUSE, new Liburcu(liburcuSource, "gcc", directory, progress));
    }

    BenchRun(Path java, Path jar, Path directory, Progress progress, Duration lockPause, Liburcu liburcu) {
        this.java = java;
        this.jar = jar;
        this.directory = directory;
        this.progress = progress;
        this.lockPause = lockPause;
        this.liburcu = liburcu;
        this.latency = new LatencyRun(java, jar, directory, progress);
    }

    /**
     * Runs the benchmarks that {@code pattern} finds, or the short selection of them, in about {@code budget}, under each of
     * {@code fences}; peers and toys, which know no fence, under the first only, and liburcu, a peer too, behind them. The read side is
     * measured with each of {@code threads} too. The short selection has no latencies.
     */
    public Section<BenchmarkResult> run(
            Pattern pattern, boolean quick, Duration budget, List<String> fences, List<Integer> threads)
            throws IOException, InterruptedException, CampaignException {
        long beganAt = System.nanoTime();
        progress.begin("bench");
        FreshDirectory.at(directory);
        BenchmarkChoice all = list().matching(pattern);
        BenchmarkChoice choice = quick ? all.quick() : all;
        List<String> flavours = Liburcu.matching(pattern);
        List<String> scenarios = latency.matching(pattern);
        if (all.benchmarks().isEmpty() && flavours.isEmpty() && scenarios.isEmpty()) {
            throw new CampaignException(
                    "no benchmark matches '" + pattern + "'; ./campaign bench --list shows all names");
        }
        if (quick) {
            flavours = List.of();
            scenarios = List.of();
            if (choice.benchmarks().isEmpty()) {
                throw new CampaignException("of the benchmarks that match '" + pattern + "' no target names any, so"
                        + " --quick measures none; leave it out and give a --time");
            }
        }
        if (!threads.isEmpty() && choice.readSide().benchmarks().isEmpty()) {
            throw new CampaignException("--threads measures ReadSideBenchmark, of which nothing matches '" + pattern
                    + "'; leave the pattern or the option out");
        }
        Set<String> strategies = new LinkedHashSet<>(fences);
        List<BenchPass> passes = passes(choice, strategies, threads);
        runs = passes.stream().mapToInt(pass -> pass.choice().runs()).sum();
        BenchPlan plan = BenchPlan.within(budget, runs + Liburcu.runs(flavours) + strategies.size() * scenarios.size());
        List<BenchmarkResult> measured = new ArrayList<>();
        for (BenchPass pass : passes) {
            measured.addAll(measure(pass, plan));
        }
        liburcu.measure(flavours, plan);
        for (String fence : strategies) {
            latency.measure(scenarios, fence, plan);
        }
        measured.addAll(liburcu.results());
        List<BenchmarkResult> results = new ArrayList<>(Floors.divide(measured));
        results.addAll(latency.results()); // a percentile is no multiple of a floor
        int expected = runs - skipped;
        for (Measurer other : List.of(liburcu, latency)) {
            expected += other.expected();
            reasons.addAll(other.reasons());
            notes.addAll(other.notes());
            commands.addAll(other.commands());
        }
        crowd(threads);
        return section(results, expected, beganAt);
    }

    private Section<BenchmarkResult> section(List<BenchmarkResult> results, int expected, long beganAt) {
        int ran = (int) results.stream()
                .map(r -> r.fence() + JmhJson.method(r) + r.params())
                .distinct()
                .count();
        if (ran < expected && reasons.isEmpty()) {
            reasons.add("Only " + ran + " of " + expected + " measurements gave a result.");
        }
        noise(results);
        Verdict verdict = reasons.isEmpty() ? Verdict.PASS : Verdict.INCONCLUSIVE;
        double seconds = (System.nanoTime() - beganAt) / 1e9;
        progress.end(String.format(
                Locale.ROOT, "%s, %d of %d measurements in %.0f s", verdict.word(), ran, expected, seconds));
        return new Section<>(verdict, reasons, List.copyOf(notes), expected, ran, seconds, commands, results);
    }

    /** More threads than processors take turns, and what is measured of them is the operating system. */
    private void crowd(List<Integer> threads) {
        int processors = Runtime.getRuntime().availableProcessors();
        if (threads.stream().anyMatch(count -> count > processors)) {
            notes.add("There are " + processors + " processors: with more threads than that, the threads took turns.");
        }
    }

    /** Returns the names of all benchmarks. */
    public Set<String> names() throws IOException, InterruptedException, CampaignException {
        Files.createDirectories(directory);
        Set<String> names = new TreeSet<>(list().benchmarks().keySet());
        names.addAll(Liburcu.names());
        names.addAll(latency.names());
        return names;
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

    private static List<BenchPass> passes(BenchmarkChoice choice, Set<String> fences, List<Integer> threads) {
        List<BenchPass> passes = new ArrayList<>();
        for (String fence : fences) {
            BenchmarkChoice here = passes.isEmpty() ? choice : choice.withoutPeersAndToys();
            passes.add(new BenchPass(fence, 0, here));
            threads.forEach(count -> passes.add(new BenchPass(fence, count, here.readSide())));
        }
        passes.removeIf(pass -> pass.choice().benchmarks().isEmpty());
        return passes;
    }

    private List<BenchmarkResult> measure(BenchPass pass, BenchPlan plan) throws IOException, InterruptedException {
        BenchmarkChoice choice = pass.choice();
        Path json = directory.resolve(pass.file() + ".json");
        Path log = directory.resolve(pass.file() + ".log");
        List<String> command = JavaCommand.jar(java, jar);
        command.add(1, "-Djurcu.fence=" + pass.fence()); // JMH hands its own JVM's options on to its forks
        command.addAll(plan.options());
        if (pass.threads() != 0) {
            command.addAll(List.of("-t", Integer.toString(pass.threads())));
        }
        command.addAll(List.of("-rf", "json", "-rff", json.toString()));
        command.addAll(choice.arguments());
        commands.add(JavaCommand.shellQuote(command));
        String with = pass.fence() + (pass.threads() == 0 ? "" : ", " + pass.threads() + " threads,");
        JmhLog said = new JmhLog(name -> progress.step(
                begun++, runs, "measurements, now " + with + " " + name.substring(name.lastIndexOf('.') + 1)));
        ChildProcess.End end = runWhenUnlocked(command, log, plan.limit(choice.runs()), said);
        List<BenchmarkResult> results = Files.exists(json) && Files.size(json) > 0 ? JmhJson.read(json) : List.of();
        if (end == null) {
            reasons.add("Another JMH held its lock for "
                    + lockPause.multipliedBy(LOCK_ATTEMPTS).toSeconds() + " s, so nothing was measured.");
            return labelled(pass, results);
        }
        skipped += said.skipped();
        notes.addAll(said.reasons());
        List<String> complaints = new ArrayList<>();
        missing(choice, results, said.skippedNames())
                .forEach(name -> complaints.add(name + " gave no result; the log is " + log + "."));
        if (end.timedOut() || end.exitStatus() != 0) {
            complaints.add("JMH " + (end.timedOut() ? "hung" : "ended with exit status " + end.exitStatus())
                    + "; its log is " + log + ".");
        }
        if (!complaints.isEmpty()) {
            progress.note("the end of " + log + ":");
            LogTail.of(log, 12).forEach(line -> progress.note("  | " + line));
        }
        reasons.addAll(complaints);
        return labelled(pass, results);
    }

    private static List<BenchmarkResult> labelled(BenchPass pass, List<BenchmarkResult> results) {
        return results.stream().map(pass::labelled).toList();
    }

    /** A figure whose error is half of itself was measured on a machine that did something else. */
    private void noise(List<BenchmarkResult> results) {
        long noisy = results.stream()
                .filter(r -> r.error() != null && r.error() > r.score() / 2)
                .count();
        if (noisy != 0) {
            notes.add(noisy + " of " + results.size() + " figures have an error of more than half of their mean:"
                    + " the time was too short or the machine was busy, so do not quote them.");
        }
    }

    /** Returns null if another JMH did not give its lock free in time. */
    private ChildProcess.End runWhenUnlocked(List<String> command, Path log, Duration limit, JmhLog said)
            throws IOException, InterruptedException {
        for (int attempt = 1; attempt <= LOCK_ATTEMPTS; attempt++) {
            said.begin();
            ChildProcess.End end = ChildProcess.run(command, directory, log, limit, said);
            if (!said.locked()) {
                return end;
            }
            if (attempt == 1) {
                progress.note("bench: another JMH is measuring on this machine; waiting until it is done");
            }
            Thread.sleep(lockPause.toMillis());
        }
        return null;
    }

    private static Set<String> missing(BenchmarkChoice choice, List<BenchmarkResult> results, Set<String> skipped) {
        Set<String> missing = new TreeSet<>(choice.benchmarks().keySet());
        missing.removeAll(skipped);
        results.forEach(r -> missing.removeIf(name -> name.endsWith("." + JmhJson.method(r))));
        return missing;
    }
}

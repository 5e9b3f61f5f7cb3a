package org.jurcu.stress.campaign.stress;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.StressResult;
import org.jurcu.stress.campaign.model.TestKind;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.process.ChildProcess;
import org.jurcu.stress.campaign.process.FreshDirectory;
import org.jurcu.stress.campaign.process.JavaCommand;
import org.jurcu.stress.campaign.process.LogTail;
import org.jurcu.stress.campaign.terminal.Progress;

/** Runs jcstress over a selection, then again over the twins that it did not catch. */
public final class StressRun {
    /** A twin gets so many more chances, each of which is longer than the one before. */
    private static final int RETRIES = 3;

    private static final int RETRY_FACTOR = 4;
    private static final Pattern PLANNED =
            Pattern.compile("\\(Results: (\\d+) planned; (\\d+) passed, (\\d+) failed.*");

    private final Path java;
    private final Path jar;
    private final Path directory;
    private final Progress progress;
    private final List<String> commands = new ArrayList<>();
    private final List<String> mishaps = new ArrayList<>();

    /** Runs {@code jar} with {@code java}; logs and results go to {@code directory}. */
    public StressRun(Path java, Path jar, Path directory, Progress progress) {
        this.java = java;
        this.jar = jar;
        this.directory = directory;
        this.progress = progress;
    }

    /** Runs {@code tests} in about {@code budget}. */
    public Section<StressResult> run(List<String> tests, Duration budget) throws IOException, InterruptedException {
        long beganAt = System.nanoTime();
        progress.begin("stress");
        Map<String, Observation> seen = new HashMap<>();
        Map<String, Integer> attempts = new HashMap<>();
        if (!tests.isEmpty()) {
            StressPlan plan = StressPlan.within(budget, tests.size());
            attempt(1, tests, plan, seen, attempts);
            for (int retry = 1; retry <= RETRIES; retry++) {
                List<String> free = twinsNotCaught(tests, seen, attempts);
                if (free.isEmpty()) {
                    break;
                }
                plan = plan.longer(RETRY_FACTOR);
                progress.note("stress: " + free.size() + " weakened twins were not caught yet; running them longer");
                attempt(1 + retry, free, plan, seen, attempts);
            }
        }
        List<StressResult> results = tests.stream()
                .map(test -> StressJudge.judge(test, seen.get(test), attempts.getOrDefault(test, 0)))
                .toList();
        return finish(tests, results, (System.nanoTime() - beganAt) / 1e9);
    }

    private Section<StressResult> finish(List<String> tests, List<StressResult> results, double seconds) {
        Verdict verdict = StressJudge.verdict(results);
        List<String> reasons = new ArrayList<>(StressJudge.reasons(results));
        reasons.addAll(mishaps);
        int ran = (int) results.stream().filter(r -> r.samples() > 0).count();
        progress.end(String.format(
                Locale.ROOT, "%s, %d of %d tests ran in %.0f s", verdict.word(), ran, tests.size(), seconds));
        return new Section<>(verdict, reasons, List.of(), tests.size(), ran, seconds, commands, results);
    }

    private void attempt(
            int number,
            List<String> tests,
            StressPlan plan,
            Map<String, Observation> seen,
            Map<String, Integer> attempts)
            throws IOException, InterruptedException {
        Path work = FreshDirectory.at(directory.resolve("run-" + number));
        Path log = work.resolve("jcstress.log");
        List<String> command = new ArrayList<>(JavaCommand.jar(java, jar));
        command.addAll(plan.options());
        command.addAll(List.of("-r", "html", "-t", only(tests)));
        commands.add(JavaCommand.shellQuote(command));
        ChildProcess.End end =
                ChildProcess.run(command, work, log, plan.limit(tests.size()), line -> follow(line, tests.size()));
        Map<String, Observation> found = JcstressResults.read(work);
        found.forEach((test, observation) ->
                seen.computeIfAbsent(test, name -> new Observation()).add(observation));
        tests.forEach(test -> attempts.merge(test, 1, Integer::sum));
        // jcstress' exit status cannot be trusted: it is 0 even when no test matched.
        if (end.timedOut() || !found.keySet().containsAll(tests)) {
            explain(end, plan.limit(tests.size()), log);
        }
    }

    private void explain(ChildProcess.End end, Duration limit, Path log) {
        String what = end.timedOut()
                ? "jcstress was stopped after " + limit.toSeconds() + " s"
                : "jcstress ended with exit status " + end.exitStatus() + " and left tests out";
        mishaps.add(what + "; its log is " + log + ".");
        progress.note(what + "; the end of " + log + ":");
        LogTail.of(log, 12).forEach(line -> progress.note("  | " + line));
    }

    private void follow(String line, int tests) {
        Matcher planned = PLANNED.matcher(line.strip());
        if (planned.matches()) {
            long done = Long.parseLong(planned.group(2)) + Long.parseLong(planned.group(3));
            progress.step(done, Long.parseLong(planned.group(1)), "configurations of " + tests + " tests");
        }
    }

    private static List<String> twinsNotCaught(
            List<String> tests, Map<String, Observation> seen, Map<String, Integer> attempts) {
        return tests.stream()
                .filter(test -> TestKind.of(test) == TestKind.WEAKENED)
                .filter(test -> StressJudge.judge(test, seen.get(test), attempts.getOrDefault(test, 0))
                                .verdict()
                        == Verdict.INCONCLUSIVE)
                .toList();
    }

    /** Returns a pattern for these tests and no others. */
    private static String only(List<String> tests) {
        return tests.stream().map(test -> test.replace(".", "\\.")).collect(Collectors.joining("|", "^(", ")$"));
    }
}

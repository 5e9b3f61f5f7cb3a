package org.jurcu.stress.campaign.stress;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.StressResult;
import org.jurcu.stress.campaign.model.TestKind;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.process.ChildProcess;
import org.jurcu.stress.campaign.process.JavaCommand;
import org.jurcu.stress.campaign.process.LogTail;
import org.jurcu.stress.campaign.terminal.Progress;

/** Runs jcstress tests, then again those that were not seen enough of: twins that were not caught, too few samples. */
public final class StressRun {
    /** A test gets so many more chances, each of which is longer than the one before. */
    private static final int RETRIES = 3;

    static final int RETRY_FACTOR = 4;
    private static final Pattern PLANNED =
            Pattern.compile("\\(Results: (\\d+) planned; (\\d+) passed, (\\d+) failed.*");

    private final Path java;
    private final Path jar;
    private final Path directory;
    private final Progress progress;
    private final boolean resume;
    private final List<String> commands = new ArrayList<>();
    private final List<String> mishaps = new ArrayList<>();
    private final Map<String, Observation> seen = new HashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();

    /** As the first attempt has it: in a short run the later ones have no time for more JVMs either. */
    private boolean perClass;

    /** Runs {@code jar} with {@code java}; logs and results go to {@code directory}. */
    public StressRun(Path java, Path jar, Path directory, Progress progress) {
        this(java, jar, directory, progress, false);
    }

    /** The same; with {@code resume}, results that an earlier run of the same tests left there are taken for this one's. */
    public StressRun(Path java, Path jar, Path directory, Progress progress, boolean resume) {
        this.java = java;
        this.jar = jar;
        this.directory = directory;
        this.progress = progress;
        this.resume = resume;
    }

    /** Runs {@code tests} in about {@code budget}. */
    public Section<StressResult> run(List<String> tests, Duration budget) throws IOException, InterruptedException {
        return run(tests, budget, Yields.EQUAL);
    }

    /** Runs {@code tests} in about {@code budget}, those longer that find more. */
    public Section<StressResult> run(List<String> tests, Duration budget, Yields yields)
            throws IOException, InterruptedException {
        long beganAt = System.nanoTime();
        progress.begin("stress");
        if (!tests.isEmpty()) {
            StressPlan plan = StressPlan.within(budget, tests.size());
            perClass = plan.perClass() || !yields.isEqual();
            attempt(1, tests, plan, yields);
            for (int retry = 1; retry <= RETRIES; retry++) {
                List<String> again = notSeenEnoughOf(tests);
                if (again.isEmpty()) {
                    break;
                }
                plan = plan.longer(RETRY_FACTOR);
                progress.note("stress: twins not caught yet or too few samples in " + again.size()
                        + " tests; running them longer");
                attempt(1 + retry, again, plan, yields);
            }
        }
        return finish(tests, StressJudge.judge(tests, seen, attempts), (System.nanoTime() - beganAt) / 1e9);
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

    private void attempt(int number, List<String> tests, StressPlan plan, Yields yields)
            throws IOException, InterruptedException {
        AttemptDirectory work =
                AttemptDirectory.at(directory.resolve("run-" + number), tests, plan + " " + yields, jar, resume);
        Map<String, Observation> found =
                plan.wide() ? fork(work, tests, plan, yields) : share(work, tests, plan, yields);
        found.forEach((test, observation) ->
                seen.computeIfAbsent(test, name -> new Observation()).add(observation));
        tests.forEach(test -> attempts.merge(test, 1, Integer::sum));
    }

    /** What a twin damages is met by no test that must be green: those never share a JVM with twins. */
    private Map<String, Observation> share(AttemptDirectory work, List<String> tests, StressPlan plan, Yields yields)
            throws IOException, InterruptedException {
        Path log = work.path().resolve("jvm.log");
        int[] done = {work.results().size()};
        Map<String, Observation> lost = new TreeMap<>();
        int mishapsBefore = mishaps.size();
        for (List<String> group : groups(tests, perClass)) {
            String outer = group.get(0).substring(0, group.get(0).lastIndexOf('.'));
            StressPlan own = plan.times(yields.weight(outer, tests));
            SharedRun run = new SharedRun(java, jar, work.path(), log, own, test -> {
                done[0]++;
                progress.step(done[0], tests.size(), "tests, last " + StressTable.shortName(test));
            });
            run.run(group);
            commands.addAll(run.commands());
            mishaps.addAll(run.mishaps());
            lost.putAll(run.lost());
        }
        if (mishaps.size() > mishapsBefore || !lost.isEmpty()) {
            tail(log);
        }
        Map<String, Observation> found = work.results();
        found.putAll(lost);
        return found;
    }

    private static Collection<List<String>> groups(List<String> tests, boolean perClass) {
        Map<String, List<String>> groups = new TreeMap<>();
        for (String test : tests) {
            String kind = TestKind.of(test) == TestKind.WEAKENED ? "twins" : "checked";
            String group = perClass ? kind + " " + test.substring(0, test.lastIndexOf('.')) : kind;
            groups.computeIfAbsent(group, key -> new ArrayList<>()).add(test);
        }
        return groups.values();
    }

    /** jcstress leaves its results when it is through, so that it gets one class of tests at a time. */
    private Map<String, Observation> fork(AttemptDirectory work, List<String> tests, StressPlan plan, Yields yields)
            throws IOException, InterruptedException {
        Map<String, List<String>> classes = StressTests.byClass(tests);
        Map<String, Observation> found = new TreeMap<>();
        int[] done = {0};
        for (Map.Entry<String, List<String>> one : classes.entrySet()) {
            String name = one.getKey().substring(one.getKey().lastIndexOf('.') + 1);
            Path chunk = work.chunk(name);
            if (!work.isDone(chunk)) {
                StressPlan own = plan.times(yields.weight(one.getKey(), tests));
                forkClass(chunk, one.getValue(), own, done[0], tests.size());
                work.setDone(chunk);
            }
            found.putAll(JcstressResults.read(chunk));
            done[0] += one.getValue().size();
        }
        return found;
    }

    private void forkClass(Path chunk, List<String> tests, StressPlan plan, int before, int total)
            throws IOException, InterruptedException {
        Path log = chunk.resolve("jcstress.log");
        List<String> command = new ArrayList<>(JavaCommand.jar(java, jar));
        command.addAll(plan.wideOptions());
        command.addAll(List.of("-r", "html", "-t", only(tests)));
        commands.add(JavaCommand.shellQuote(command));
        Duration limit = plan.limit(tests.size());
        ChildProcess.End end =
                ChildProcess.run(command, chunk, log, limit, line -> follow(line, before, tests.size(), total));
        // jcstress' exit status cannot be trusted: it is 0 even when no test matched.
        if (end.timedOut() || !JcstressResults.read(chunk).keySet().containsAll(tests)) {
            String what = end.timedOut()
                    ? "jcstress was stopped after " + limit.toSeconds() + " s"
                    : "jcstress ended with exit status " + end.exitStatus() + " and left tests out";
            mishaps.add(what + "; its log is " + log + ".");
            tail(log);
        }
    }

    private void tail(Path log) {
        progress.note("stress: the end of " + log + ":");
        LogTail.of(log, 12).forEach(line -> progress.note("  | " + line));
    }

    private void follow(String line, int before, int tests, int total) {
        Matcher planned = PLANNED.matcher(line.strip());
        if (planned.matches()) {
            long done = Long.parseLong(planned.group(2)) + Long.parseLong(planned.group(3));
            long of = Math.max(1, Long.parseLong(planned.group(1)));
            progress.step(before + tests * done / of, total, "tests in all configurations");
        }
    }

    private List<String> notSeenEnoughOf(List<String> tests) {
        return StressJudge.judge(tests, seen, attempts).stream()
                .filter(r -> r.verdict() == Verdict.INCONCLUSIVE && r.configurations() > 0)
                .map(StressResult::test)
                .toList();
    }

    /** Returns a pattern for these tests and no others. */
    private static String only(List<String> tests) {
        return tests.stream().map(test -> test.replace(".", "\\.")).collect(Collectors.joining("|", "^(", ")$"));
    }
}

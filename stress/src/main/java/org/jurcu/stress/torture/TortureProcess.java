package org.jurcu.stress.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.TortureResult;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.process.ForkedMain;
import org.jurcu.stress.campaign.process.LogTail;
import org.jurcu.stress.campaign.terminal.Progress;

/** Tortures flavours in a JVM of their own: one that hangs is left behind with it, and its heap is bounded. */
public final class TortureProcess {
    private static final String HEAP = "-Xmx512m";

    /** What a flavour may take beyond its time until it has given up all its hopes; then the JVM is killed. */
    private static final Duration EACH = Duration.ofSeconds(60);

    private final ForkedMain jvm;
    private final Progress progress;

    /** Runs {@code jar} with {@code java}; log and results go to {@code directory}. */
    public TortureProcess(Path java, Path jar, Path directory, Progress progress) {
        jvm = new ForkedMain(java, jar, directory, "torture");
        this.progress = progress;
    }

    /** Returns the names of all flavours, in their order, each with what it is. */
    public static Map<String, String> flavours() {
        return TortureSeries.flavours();
    }

    /** Returns whether a flavour of that name is one that must fail. */
    public static boolean isBusted(String name) {
        return name.startsWith(TortureSeries.BUSTED);
    }

    /** Tortures these flavours in about {@code time}. */
    public Section<TortureResult> run(List<String> names, Duration time, long seed)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        progress.begin("torture");
        List<String> arguments = new ArrayList<>(List.of("" + time.toMillis(), "" + seed));
        arguments.addAll(names);
        Duration limit = time.plus(EACH.multipliedBy(names.size()));
        ForkedMain.Ended end =
                jvm.run(List.of(HEAP), TortureMain.class, arguments, limit, line -> follow(line, names.size()));
        List<TortureResult> results = TortureMain.read(end.results());
        List<String> reasons = new ArrayList<>();
        Verdict verdict = judge(names, results, reasons);
        if (results.size() < names.size()) {
            explain(end, reasons);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        progress.end(String.format(
                Locale.ROOT, "%s, %d of %d flavours in %.0f s", verdict.word(), results.size(), names.size(), seconds));
        return new Section<>(
                verdict,
                reasons,
                List.of("torture: the seed was " + seed + "."),
                names.size(),
                results.size(),
                seconds,
                List.of(end.command()),
                results);
    }

    private void follow(String line, int total) {
        if (line.startsWith(TortureMain.NEXT)) {
            String[] words = line.split(" ", 3);
            progress.step(Long.parseLong(words[1]), total, "flavours, now " + words[2]);
        }
    }

    /** A violation beats all; without one, a flavour that did not run or one that escaped leaves all open. */
    static Verdict judge(List<String> names, List<TortureResult> results, List<String> reasons) {
        List<Verdict> verdicts = new ArrayList<>();
        for (TortureResult result : results) {
            verdicts.add(result.verdict());
            if (result.verdict() != Verdict.PASS) {
                reasons.add(result.flavour() + ": " + result.reason());
            }
        }
        List<String> ran = results.stream().map(TortureResult::flavour).toList();
        for (String name : names) {
            if (!ran.contains(name)) {
                verdicts.add(Verdict.INCONCLUSIVE);
                reasons.add(name + " did not run.");
            }
        }
        return Verdict.over(verdicts);
    }

    private void explain(ForkedMain.Ended end, List<String> reasons) {
        String what = "the torture " + end.how() + (end.timedOut() ? "" : " and left flavours out");
        reasons.add(what + "; its log is " + end.log() + ".");
        progress.note(what + "; the end of " + end.log() + ":");
        LogTail.of(end.log(), 12).forEach(line -> progress.note("  | " + line));
    }
}

package org.jurcu.stress.campaign.replay;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.terminal.Progress;
import org.jurcu.task.replay.ReplayReport;

/** Replays recordings one after the other; one that cannot be read does not keep the others from being replayed. */
public final class ReplayRun {
    private final Replayer replayer;
    private final Repeats repeats;
    private final Progress progress;

    /** Uses {@code replayer} for every recording. */
    public ReplayRun(Replayer replayer, Repeats repeats, Progress progress) {
        this.replayer = replayer;
        this.repeats = repeats;
        this.progress = progress;
    }

    /**
     * What became of the recordings.
     *
     * @param section the results, and the verdict over them
     * @param unreadable a sentence for each recording that is torn or cannot be read
     */
    public record Result(Section<ReplayReport> section, List<String> unreadable) {}

    /** Replays all of {@code sources}. */
    public Result run(List<Source> sources) {
        long beganAt = System.nanoTime();
        List<ReplayReport> reports = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        progress.begin("replay");
        int done = 0;
        for (Source source : sources) {
            progress.step(done++, sources.size(), "recordings, now " + ReplayTable.shortName(source.name()));
            try {
                ReplayReport report = replay(source);
                reports.add(report);
                ReplayVerdict judged = ReplayVerdict.of(report);
                verdicts.add(judged.verdict());
                addUnlessBlank(reasons, judged.reason());
            } catch (IOException e) {
                unreadable.add(sentence(source, e));
            } catch (RuntimeException | AssertionError e) {
                // A recording that is well formed must not break the model: that is a finding, not a mishap.
                verdicts.add(Verdict.VIOLATION);
                reasons.add(source.name() + ": the replay broke off with " + e + " at " + place(e) + ".");
            }
        }
        unreadable.forEach(sentence -> {
            verdicts.add(Verdict.INCONCLUSIVE);
            reasons.add(sentence + ".");
        });
        Verdict verdict = Verdict.over(verdicts);
        double seconds = (System.nanoTime() - beganAt) / 1e9;
        progress.end(String.format(
                Locale.ROOT,
                "%s, %d of %d recordings in %.1f s",
                verdict.word(),
                reports.size(),
                sources.size(),
                seconds));
        return new Result(
                new Section<>(verdict, reasons, List.of(), sources.size(), reports.size(), seconds, List.of(), reports),
                unreadable);
    }

    /** As often as was asked for, or until something is found: the last report. */
    private ReplayReport replay(Source source) throws IOException {
        ReplayReport report = source.replay(replayer, repeats.time(0));
        for (int n = 1; n < repeats.count() && report.passed(); n++) {
            report = source.replay(replayer, repeats.time(n));
        }
        return report;
    }

    private static void addUnlessBlank(List<String> reasons, String reason) {
        if (!reason.isEmpty()) {
            reasons.add(reason);
        }
    }

    private static String sentence(Source source, IOException e) {
        if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
            return "no such file: " + source.name();
        }
        String message = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
        String name = source.name();
        String oneLine = message.lines().findFirst().orElse("").strip().replaceAll("\\.$", "");
        return oneLine.contains(lastPart(name)) ? oneLine : name + ": " + oneLine;
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static String place(Throwable e) {
        StackTraceElement[] stack = e.getStackTrace();
        return stack.length == 0 ? "an unknown place" : stack[0].toString();
    }
}

package org.jurcu.stress.campaign.litmus;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.LitmusResult;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.process.ForkedMain;
import org.jurcu.stress.campaign.process.LogTail;
import org.jurcu.stress.campaign.terminal.Progress;
import org.jurcu.stress.litmus.LitmusMain;
import org.jurcu.stress.litmus.LitmusSuite;

/** The JVM in which the litmus patterns run. */
public final class LitmusJvm {
    private static final Pattern STEP = Pattern.compile("step (\\d+) (\\d+)");
    private static final int FACTOR = 10;
    private static final Duration STARTUP = Duration.ofSeconds(90);
    private static final int LOG_LINES = 12;

    private final ForkedMain jvm;
    private final Progress progress;

    /**
     * Makes one.
     *
     * @param java its launcher
     * @param jar with the patterns
     * @param directory for log and results
     * @param progress to be told
     */
    public LitmusJvm(Path java, Path jar, Path directory, Progress progress) {
        jvm = new ForkedMain(java, jar, directory, "litmus");
        this.progress = progress;
    }

    /**
     * Runs what {@code regex} finds, all if it is null.
     *
     * @throws CampaignException if it finds nothing
     */
    public Section<LitmusResult> run(String regex, Duration time, long seed)
            throws CampaignException, IOException, InterruptedException {
        List<String> expected = LitmusSuite.matching(regex).names();
        List<String> arguments = new ArrayList<>(List.of(Long.toString(time.toMillis()), Long.toString(seed)));
        if (regex != null) {
            arguments.add(regex);
        }
        long began = System.nanoTime();
        progress.begin("litmus");
        // Whoever hangs inside is found there; this is for a JVM that hangs as a whole.
        Duration limit = time.multipliedBy(FACTOR).plus(STARTUP);
        ForkedMain.Ended end = jvm.run(List.of(), LitmusMain.class, arguments, limit, this::follow);
        if (!Files.exists(end.results()) || end.timedOut()) {
            String why = "The JVM of the litmus patterns " + end.how() + " and left no results; its log is " + end.log()
                    + ".";
            progress.note(why);
            LogTail.of(end.log(), LOG_LINES).forEach(line -> progress.note("  | " + line));
            progress.end(Verdict.INCONCLUSIVE.word());
            double seconds = (System.nanoTime() - began) / 1e9;
            return new Section<>(
                    Verdict.INCONCLUSIVE,
                    List.of(why),
                    List.of(),
                    expected.size(),
                    0,
                    seconds,
                    List.of(end.command()),
                    List.of());
        }
        Section<LitmusResult> found = new ObjectMapper().readValue(end.results().toFile(), new TypeReference<>() {});
        progress.end(found.verdict().word() + ", " + found.ran() + " of " + expected.size() + " cases ran");
        return checked(found, expected, end.command());
    }

    private void follow(String line) {
        Matcher step = STEP.matcher(line);
        if (step.matches()) {
            progress.step(Long.parseLong(step.group(1)), Long.parseLong(step.group(2)), "litmus cases");
        }
    }

    /** What came back must be what was asked for. */
    static Section<LitmusResult> checked(Section<LitmusResult> found, List<String> expected, String command) {
        List<String> reasons = new ArrayList<>(found.reasons());
        Verdict verdict = found.verdict();
        List<String> names = found.results().stream().map(LitmusResult::name).toList();
        if (!names.equals(expected)) {
            reasons.add("The jar has other litmus patterns than this program: build it anew.");
            verdict = Verdict.over(List.of(verdict, Verdict.INCONCLUSIVE));
        }
        return new Section<>(
                verdict,
                reasons,
                found.notes(),
                expected.size(),
                found.ran(),
                found.seconds(),
                List.of(command),
                found.results());
    }
}

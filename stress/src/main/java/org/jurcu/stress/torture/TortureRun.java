package org.jurcu.stress.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.TortureResult;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.terminal.Progress;

/** Tortures one flavour after the other, first those that must fail: what they show is what the others' passes are worth. */
public final class TortureRun {
    /** Seconds that are enough to catch any busted flavour on a busy machine; most take a fiftieth of it. */
    private static final Duration BUSTED = Duration.ofSeconds(10);

    private static final int VIRTUAL_READERS = 4; // in the place of one

    private static final Duration NO_TIME = Duration.ofMillis(100);

    private final long seed;
    private final Progress progress;

    /** All choices follow from {@code seed}. */
    public TortureRun(long seed, Progress progress) {
        this.seed = seed;
        this.progress = progress;
    }

    /** Returns the names of all flavours, each with what it is; those that are busted have a {@code busted-} in front. */
    public static Map<String, String> flavours() {
        Map<String, String> all = new LinkedHashMap<>();
        for (Busted busted : Busted.values()) {
            all.put(nameOf(busted), busted.fault() + "; must be caught by " + busted.detector().word());
        }
        for (Flavour flavour : Flavour.values()) {
            all.put(flavour.word(), flavour.description());
        }
        return all;
    }

    private static String nameOf(Busted busted) {
        return "busted-" + busted.word();
    }

    /** Tortures the flavours with these names; {@code time} is for those that are shipped, in equal parts. */
    public Section<TortureResult> run(List<String> names, Duration time) throws InterruptedException {
        long start = System.nanoTime();
        long shipped = names.stream().filter(name -> !name.startsWith("busted-")).count();
        Duration each = shipped == 0 ? NO_TIME : time.dividedBy(shipped);
        if (each.compareTo(NO_TIME) < 0) {
            each = NO_TIME;
        }
        List<TortureResult> results = new ArrayList<>();
        progress.begin("torture");
        for (Busted busted : Busted.values()) {
            if (names.contains(nameOf(busted))) {
                results.add(watched(results.size(), names.size(), nameOf(busted), () -> torture(busted)));
            }
        }
        for (Flavour flavour : Flavour.values()) {
            if (names.contains(flavour.word())) {
                Duration part = each;
                results.add(watched(results.size(), names.size(), flavour.word(), () -> torture(flavour, part)));
            }
        }
        return section(results, names.size(), (System.nanoTime() - start) / 1e9);
    }

    private interface Run {
        TortureResult run() throws InterruptedException;
    }

    private TortureResult watched(int done, int total, String name, Run run) throws InterruptedException {
        progress.step(done, total, "flavours, now " + name);
        TortureResult result = run.run();
        if (result.verdict() != Verdict.PASS) {
            progress.note(name + ": " + result.verdict().word() + ": " + result.reason());
        }
        return result;
    }

    private TortureResult torture(Busted busted) throws InterruptedException {
        Plan plan = busted.with(Plan.busted(BUSTED, seed, busted::caughtBy));
        StallReports stalls = new StallReports();
        Outcome outcome = new Torture(busted.create(nameOf(busted), plan.stallTimeout(), stalls), plan).run();
        return result(
                nameOf(busted),
                true,
                Judge.busted(busted, outcome),
                busted.fault(),
                busted.detector().word(),
                outcome);
    }

    private TortureResult torture(Flavour flavour, Duration time) throws InterruptedException {
        Plan plan = Plan.whole(time, seed);
        StallReports stalls = new StallReports();
        Subject subject = flavour.create(flavour.word(), plan.stallTimeout(), stalls);
        if (subject.virtual() && Threads.areVirtualHere()) {
            plan = plan.withReaders(VIRTUAL_READERS * plan.readers());
        }
        Outcome outcome = new Torture(subject, plan).run();
        return result(flavour.word(), false, Judge.shipped(outcome), flavour.description(), "", outcome);
    }

    private static TortureResult result(
            String name, boolean busted, Judge.Ruling ruling, String description, String detector, Outcome outcome) {
        return new TortureResult(
                name,
                busted,
                ruling.verdict(),
                ruling.reason(),
                description,
                detector,
                outcome.seconds(),
                Long.parseLong(outcome.fields().get("sections")),
                outcome.ages(),
                outcome.line() + " verdict=" + ruling.verdict().word(),
                outcome.evidence().sentences());
    }

    private Section<TortureResult> section(List<TortureResult> results, int expected, double seconds) {
        List<String> reasons = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        for (TortureResult result : results) {
            verdicts.add(result.verdict());
            if (result.verdict() != Verdict.PASS) {
                reasons.add(result.flavour() + ": " + result.reason());
            }
        }
        Verdict verdict = Verdict.over(verdicts);
        progress.end(verdict.word());
        return new Section<>(
                verdict, reasons, List.of("seed " + seed), expected, results.size(), seconds, List.of(), results);
    }
}

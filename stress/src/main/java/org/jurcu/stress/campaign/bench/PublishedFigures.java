package org.jurcu.stress.campaign.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jurcu.stress.campaign.bench.Target.Figure;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.CampaignReport;

/**
 * The few figures that a newcomer looks for, as Markdown: what an operation takes, beside what one would take in its place, beside
 * liburcu, and beside the least that there is; and where that was measured.
 */
public final class PublishedFigures {
    private static final String MEMBARRIER = "membarrier";
    private static final String FULL = "full";
    private static final String NONE = "unknown";

    private static final String SECTION = "`RcuReader` section";
    private static final String SECTIONS = "`RcuReader` section, two threads";
    private static final String PERIOD = "`synchronize`, one busy reader";
    private static final String CALLBACK = "`call` to `invoke`, many under way";

    /**
     * A row.
     *
     * @param what as a newcomer says it
     * @param ours in JMH's run
     * @param than in words
     * @param other figure of the same run; of liburcu that of the flavour which has its fences where the strategy has them
     * @param liburcu whether it is liburcu's
     */
    private record Row(String what, Figure ours, String than, Figure other, boolean liburcu) {}

    /** Fences cost different sides; each strategy has a flavour of liburcu that does the same. */
    private static List<Row> rows(String strategy) {
        String flavour = strategy.equals(FULL) ? "mb" : "memb";
        String one = LiburcuLine.group(flavour, 1) + ".";
        String theirs = "liburcu `" + flavour + "`, C";
        return List.of(
                look(SECTION, 1, "the look without protection", "floorVolatileRead"),
                liburcu(SECTION, read(1, "rcuReader"), theirs + ", inlined", one + "readSection"),
                look(SECTION, 1, "`StampedLock`, read lock", "peerStampedLockRead"),
                look(SECTION, 1, "a shared count, up and down", "peerSharedCount"),
                look(SECTIONS, 2, "the look without protection", "floorVolatileRead"),
                liburcu(
                        SECTIONS,
                        read(2, "rcuReader"),
                        theirs + ", inlined",
                        LiburcuLine.group(flavour, 2) + ".readSection"),
                look(SECTIONS, 2, "`StampedLock`, read lock", "peerStampedLockRead"),
                look(SECTIONS, 2, "a shared count, up and down", "peerSharedCount"),
                liburcu(
                        PERIOD,
                        Figure.of("SynchronizeBenchmark.oneReader:synchronizes"),
                        theirs,
                        one + "synchronizeOneReader"),
                row(
                        CALLBACK,
                        new Figure("CallBenchmark.callToInvoke", "flavour=rcu"),
                        "a bare queue between two threads",
                        Figure.of("CallBenchmark.floorCallToInvoke")),
                liburcu(
                        CALLBACK,
                        new Figure("CallBenchmark.callToInvoke", "flavour=rcu"),
                        theirs + ", with a million",
                        one + "callToInvokeManyHeads"),
                row(
                        "`putTaskStructRcuUser`, not the last",
                        new Figure("PutTaskStructRcuUserBenchmark.putNotLast", "layout=TAGGED"),
                        "a bare atomic addition",
                        Figure.of("PutTaskStructRcuUserBenchmark.floorPutNotLast")),
                row(
                        "`Refcount.inc`, `decAndTest`",
                        Figure.of("RefcountBenchmark.incDecAndTest"),
                        "two bare atomic additions",
                        Figure.of("RefcountBenchmark.floorIncDecAndTest")));
    }

    private PublishedFigures() {}

    private static Row row(String what, Figure ours, String than, Figure other) {
        return new Row(what, ours, than, other, false);
    }

    private static Row liburcu(String what, Figure ours, String than, String other) {
        return new Row(what, ours, than, Figure.of(other), true);
    }

    private static Row look(String what, int threads, String than, String method) {
        return row(what, read(threads, "rcuReader"), than, read(threads, method));
    }

    private static Figure read(int threads, String method) {
        return Figure.of((threads == 1 ? "ReadSideBenchmark." : "ScalingThreadsBenchmark.") + method);
    }

    /**
     * Returns the table, and a line about the run: under the strategy {@code membarrier} if it was measured. A row of which one side
     * was not measured is left out.
     */
    public static String markdown(CampaignReport report, List<BenchmarkResult> results) {
        String strategy = results.stream().anyMatch(r -> MEMBARRIER.equals(r.fence())) ? MEMBARRIER : FULL;
        List<String> lines = new ArrayList<>();
        lines.add("| | Jurcu | beside | that | Jurcu : that |");
        lines.add("|---|--:|---|--:|--:|");
        String last = "";
        for (Row row : rows(strategy)) {
            Optional<Double> ours = median(row.ours(), strategy, results);
            Optional<Double> other = median(row.other(), row.liburcu() ? NONE : strategy, results);
            if (ours.isPresent() && other.isPresent()) {
                boolean again = row.what().equals(last);
                lines.add(String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %s | %s |",
                        again ? "" : row.what(),
                        again ? "" : nanoseconds(ours.get()),
                        row.than(),
                        nanoseconds(other.get()),
                        ratio(ours.get() / other.get())));
                last = row.what();
            }
        }
        lines.add("");
        lines.add(run(report, strategy));
        return String.join("\n", lines) + "\n";
    }

    private static String run(CampaignReport report, String strategy) {
        return String.format(
                Locale.ROOT,
                "Below 1, Jurcu is the faster one. Medians of one run on %d processors (%s, %s), %s %s, JDK %s,"
                        + " strategy `%s`, %s: `%s`",
                report.host().processors(),
                report.host().cpu(),
                report.host().arch(),
                report.host().os(),
                report.host().kernel().replaceFirst("^(\\d+\\.\\d+).*", "$1"),
                report.jdk().version(),
                strategy,
                report.started().replaceFirst("T.*", ""),
                report.command().replaceFirst(" --out (?:'[^']*'|\\S+)", ""));
    }

    private static Optional<Double> median(Figure figure, String fence, List<BenchmarkResult> results) {
        return figure.in(results, fence).map(BenchmarkResult::median);
    }

    private static String nanoseconds(double value) {
        return BenchTable.figure(value) + " ns";
    }

    /** Two digits that mean something: whoever asks for more has to look at the run. */
    private static String ratio(double value) {
        return value >= 10
                ? String.format(Locale.ROOT, "%.0f", value)
                : value >= 1
                        ? String.format(Locale.ROOT, "%.1f", value)
                        : value >= 0.1
                                ? String.format(Locale.ROOT, "%.2f", value)
                                : String.format(Locale.ROOT, "%.3f", value);
    }
}

package org.jurcu.stress.campaign.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jurcu.stress.campaign.bench.Target.Figure;
import org.jurcu.stress.campaign.model.BenchmarkResult;

/** The few figures that a newcomer looks for, as Markdown: medians, and how many times its floor each takes. */
public final class PublishedFigures {
    private static final String MEMBARRIER = "membarrier";
    private static final String FULL = "full";

    /**
     * A row.
     *
     * @param what as a newcomer says it
     * @param fence the strategy; where a peer or a floor knows none, the one under which it was measured
     * @param one figure of one thread
     * @param two the same of two threads; null where there is none
     * @param beside what the figure is divided by
     * @param floor that, in words
     */
    private record Row(String what, String fence, Figure one, Figure two, Figure beside, String floor) {}

    private static final String BARE = "a bare look";

    private static final List<Row> ROWS = List.of(
            look("look through a pointer, unprotected", MEMBARRIER, "floorVolatileRead"),
            look("`Qsbr` section", MEMBARRIER, "qsbrReader"),
            look("`RcuReader` section", MEMBARRIER, "rcuReader"),
            look("`RcuReader` section", FULL, "rcuReader"),
            look("`Rcu.readLock`, `readUnlock`", MEMBARRIER, "rcuReadLock"),
            look("`Srcu` section", MEMBARRIER, "srcuReadLock"),
            look("`StampedLock`, optimistic read", MEMBARRIER, "peerStampedLockOptimistic"),
            look("`StampedLock`, read lock", MEMBARRIER, "peerStampedLockRead"),
            look("`ReentrantReadWriteLock`, read lock", MEMBARRIER, "peerReadWriteLock"),
            look("shared `AtomicInteger` count", MEMBARRIER, "peerSharedCount"),
            liburcu("liburcu `memb` section, in C", "memb"),
            liburcu("liburcu `mb` section, in C", "mb"),
            liburcu("liburcu `qsbr` section, in C", "qsbr"),
            period("`synchronize` beside a busy reader", MEMBARRIER),
            period("`synchronize` beside a busy reader", FULL),
            operation(
                    "`call` to `invoke`",
                    new Figure("CallBenchmark.callToInvoke", "flavour=rcu"),
                    Figure.of("CallBenchmark.floorCallToInvoke"),
                    "a bare MPSC queue"),
            operation(
                    "`putTaskStructRcuUser`, not the last",
                    new Figure("PutTaskStructRcuUserBenchmark.putNotLast", "layout=TAGGED"),
                    Figure.of("PutTaskStructRcuUserBenchmark.floorPutNotLast"),
                    "a `getAndAdd`"),
            operation(
                    "`Refcount.inc`, `decAndTest`",
                    Figure.of("RefcountBenchmark.incDecAndTest"),
                    Figure.of("RefcountBenchmark.floorIncDecAndTest"),
                    "two `getAndAdd`"));

    private PublishedFigures() {}

    private static Row look(String what, String fence, String method) {
        return new Row(
                what,
                fence,
                Figure.of("ReadSideBenchmark." + method),
                Figure.of("ScalingThreadsBenchmark." + method),
                Figure.of("ReadSideBenchmark.floorVolatileRead"),
                BARE);
    }

    private static Row liburcu(String what, String flavour) {
        return new Row(
                what,
                null,
                Figure.of(LiburcuLine.group(flavour, 1) + ".readSection"),
                Figure.of(LiburcuLine.group(flavour, 2) + ".readSection"),
                Figure.of(LiburcuLine.group(flavour, 1) + ".floorReadSection"),
                "a bare look in C");
    }

    private static Row period(String what, String fence) {
        return new Row(
                what,
                fence,
                Figure.of("SynchronizeBenchmark.oneReader:synchronizes"),
                null,
                Figure.of("SynchronizeBenchmark.floorOneReader:floorSynchronizes"),
                "an epoch, a heavy fence and one look");
    }

    private static Row operation(String what, Figure figure, Figure floor, String words) {
        return new Row(what, MEMBARRIER, figure, null, floor, words);
    }

    /** Returns the table; a row of which nothing was measured is left out. */
    public static String markdown(List<BenchmarkResult> results) {
        List<String> lines = new ArrayList<>();
        lines.add("| | strategy | one thread, ns | two threads, ns | times its floor | floor |");
        lines.add("|---|---|--:|--:|--:|---|");
        for (Row row : ROWS) {
            Optional<Double> one = median(row.one(), row.fence(), results);
            if (one.isPresent()) {
                Optional<Double> floor = median(row.beside(), row.fence(), results);
                lines.add(String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %s | %s | %s |",
                        row.what(),
                        row.fence() == null ? "" : row.fence(),
                        BenchTable.figure(one.get()),
                        row.two() == null
                                ? ""
                                : median(row.two(), row.fence(), results)
                                        .map(BenchTable::figure)
                                        .orElse(""),
                        floor.map(f -> BenchTable.figure(one.get() / f)).orElse(""),
                        row.floor()));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static Optional<Double> median(Figure figure, String fence, List<BenchmarkResult> results) {
        return figure.in(results, fence == null ? "unknown" : fence).map(BenchmarkResult::median);
    }
}

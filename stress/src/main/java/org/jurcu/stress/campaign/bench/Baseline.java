package org.jurcu.stress.campaign.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.Change;
import org.jurcu.stress.campaign.model.EarlierFigure;
import org.jurcu.stress.campaign.model.Section;

/** An earlier run, beside whose figures those of this run are set. */
public final class Baseline {
    /** Two runs of the same jar differ by so much although each seems quiet: forks compile anew. */
    private static final double LEAST_BAND = 0.05;

    private final Map<List<Object>, BenchmarkResult> earlier = new HashMap<>();

    /** Takes the figures of a run. */
    public Baseline(List<BenchmarkResult> results) {
        results.forEach(r -> earlier.put(key(r), r));
    }

    /** Returns a section whose results have their earlier figures beside them, with a note of those that have none. */
    public Section<BenchmarkResult> beside(Section<BenchmarkResult> section) {
        List<BenchmarkResult> results =
                section.results().stream().map(this::beside).toList();
        long without = results.stream().filter(r -> r.earlier() == null).count();
        Section<BenchmarkResult> compared = section.withResults(results);
        return without == 0
                ? compared
                : compared.withNote(without + " of " + results.size() + " figures have none in the earlier run.");
    }

    private BenchmarkResult beside(BenchmarkResult now) {
        BenchmarkResult before = earlier.get(key(now));
        if (before == null) {
            return now;
        }
        boolean throughput = now.mode().equals("thrpt");
        double ratio = throughput ? before.median() / now.median() : now.median() / before.median();
        Double band = band(now, before);
        Change change = band == null
                ? Change.UNKNOWN
                : Math.abs(ratio - 1) <= band ? Change.NOISE : ratio < 1 ? Change.FASTER : Change.SLOWER;
        return now.after(new EarlierFigure(before.median(), ratio, band, change));
    }

    private static Double band(BenchmarkResult now, BenchmarkResult before) {
        if (now.error() == null || before.error() == null) {
            return null;
        }
        return Math.max(LEAST_BAND, Math.hypot(now.error() / now.score(), before.error() / before.score()));
    }

    /** Figures of other names, fences, threads or units are not comparable. */
    private static List<Object> key(BenchmarkResult r) {
        return List.of(r.group(), r.name(), r.params(), r.fenceOrUnknown(), r.mode(), r.unit(), r.threads());
    }
}

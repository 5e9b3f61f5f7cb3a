package org.jurcu.stress.litmus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jurcu.fence.AsymmetricFence;
import org.jurcu.stress.campaign.model.LitmusResult;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.terminal.Progress;

/**
 * Spreads the time over the cases.
 *
 * <p>What has to be seen comes first, and ends when it was; what was not gets up to three more chances, each four times as
 * long; the second and third only until four times the time is over. The time that is left goes to what must never be seen, in equal parts.
 */
final class LitmusRun {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int RETRIES = 3;
    private static final int RETRY_FACTOR = 4;
    private static final long ENOUGH = 3;
    private static final int LATEST = 4;
    private static final long SHORTEST = 10_000_000;
    private static final long FIRST = 50_000_000;

    private final List<Case> cases;
    private final long seed;
    private final long endNanos;
    private final long lastChanceNanos;
    private final Progress progress;
    private final Crew crew;
    private final long began = System.nanoTime();
    private final Map<Flavour, Domain> domains = new EnumMap<>(Flavour.class);
    private final Domain other = Flavour.openSrcu("litmus-other");
    private final Map<Case, Tally> tallies = new HashMap<>();
    private final Map<Case, Integer> runs = new HashMap<>();
    private int done;

    LitmusRun(List<Case> cases, Duration time, long seed, Progress progress) {
        this(cases, time, progress, new Crew(Runtime.getRuntime().availableProcessors(), PATIENCE, seed), seed);
    }

    LitmusRun(List<Case> cases, Duration time, Progress progress, Crew crew, long seed) {
        this.seed = seed;
        this.cases = cases;
        this.progress = progress;
        this.crew = crew;
        endNanos = began + time.toNanos();
        lastChanceNanos = began + LATEST * time.toNanos();
    }

    Section<LitmusResult> run() throws InterruptedException {
        progress.begin("litmus");
        try (crew) {
            runWanted();
            runUnwanted();
        }
        if (!crew.isHung()) { // or this would hang too
            domains.values().forEach(Domain::close);
            other.close();
        }
        return section();
    }

    private void runWanted() throws InterruptedException {
        List<Case> free = cases.stream().filter(Case::isWanted).toList();
        long nanos = FIRST;
        for (int attempt = 0; attempt <= RETRIES && !free.isEmpty(); attempt++) {
            for (Case c : free) {
                if (attempt <= 1 || System.nanoTime() - lastChanceNanos < 0) {
                    run(c, nanos, ENOUGH);
                }
                step(attempt == 0);
            }
            free = free.stream().filter(this::mayYetBeSeen).toList();
            nanos *= RETRY_FACTOR;
        }
    }

    private boolean mayYetBeSeen(Case c) {
        Tally tally = tallies.getOrDefault(c, Tally.NOTHING);
        boolean possible = c.isTwin() || c.pattern().canBeSeenOn(arch());
        return tally.wanted() == 0 && tally.failure() == null && possible;
    }

    private void runUnwanted() throws InterruptedException {
        List<Case> unwanted = cases.stream().filter(c -> !c.isWanted()).toList();
        for (int i = 0; i < unwanted.size(); i++) {
            long share = (endNanos - System.nanoTime()) / (unwanted.size() - i);
            run(unwanted.get(i), Math.max(SHORTEST, share), 1);
            step(true);
        }
        for (Case c : unwanted) {
            Tally tally = tallies.getOrDefault(c, Tally.NOTHING);
            for (int i = 0; i < RETRIES && tally.failure() == null && tally.samples() < Judge.FEWEST; i++) {
                run(c, SHORTEST * RETRY_FACTOR, 1);
                tally = tallies.getOrDefault(c, Tally.NOTHING);
            }
        }
    }

    private void step(boolean first) {
        if (first) {
            done++;
        }
        progress.step(done, cases.size(), "litmus cases");
    }

    private void run(Case c, long nanos, long enough) throws InterruptedException {
        if (crew.isHung()) {
            return;
        }
        Domain domain = c.frozen() == null
                ? domains.computeIfAbsent(c.flavour(), Flavour::open)
                : new FrozenDomain(c.flavour().frozen().get(c.frozen()).get());
        Tally tally = crew.run(c.program(), domain, other, nanos, enough);
        tallies.merge(c, tally, Tally::plus);
        runs.merge(c, 1, Integer::sum);
    }

    private Section<LitmusResult> section() {
        List<LitmusResult> results = cases.stream()
                .map(c -> Judge.judge(c, tallies.getOrDefault(c, Tally.NOTHING), runs.getOrDefault(c, 0), arch()))
                .toList();
        Verdict verdict = Judge.verdict(results);
        double seconds = (System.nanoTime() - began) / 1e9;
        int ran = (int) results.stream().filter(r -> r.samples() > 0).count();
        progress.end(String.format(
                Locale.ROOT, "%s, %d of %d cases ran in %.0f s", verdict.word(), ran, cases.size(), seconds));
        return new Section<>(verdict, Judge.reasons(results), notes(), cases.size(), ran, seconds, List.of(), results);
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add("The litmus patterns ran under the fences' strategy " + AsymmetricFence.strategy() + ", with seed "
                + seed + ".");
        long crowded = cases.stream()
                .filter(c -> !c.isTwin())
                .filter(c -> crew.multiplexes(c.program()))
                .count();
        if (crowded > 0) {
            notes.add(crowded + " of them have more processes than there are processors, which took turns.");
        }
        return notes;
    }

    private static String arch() {
        return System.getProperty("os.arch");
    }
}

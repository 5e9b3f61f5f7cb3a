package org.jurcu.stress.campaign.mutants;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.MutantOutcome;
import org.jurcu.stress.campaign.model.MutantResult;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.process.FreshDirectory;
import org.jurcu.stress.campaign.terminal.Progress;

/**
 * Runs mutants, each under its detector, and each detector without any mutant: one that complains then has nothing to say.
 *
 * <p>A mutant that survives is no violation, as nothing forbidden was seen of the library: the hunt is blind in that place,
 * and so the part is inconclusive.
 */
final class MutantRun {
    private static final int AT_ONCE = 2;

    private final Site site;
    private final Path directory;
    private final Duration limit;
    private final Progress progress;
    private final MutantCompiler compiler;
    private final AtomicInteger done = new AtomicInteger();
    private int steps;

    MutantRun(Site site, Path directory, Duration limit, Progress progress) throws CampaignException {
        this.site = site;
        this.directory = directory;
        this.limit = limit;
        this.progress = progress;
        compiler = MutantCompiler.ofThisJdk();
    }

    /** A sighting, and how long it took. */
    private record Look(Sighting sighting, double seconds) {}

    /** A piece of work under one detector. */
    private interface Task {
        void run() throws IOException, InterruptedException, CampaignException;
    }

    Section<MutantResult> run(List<Mutant> mutants) throws IOException, InterruptedException, CampaignException {
        long began = System.nanoTime();
        progress.begin("mutants");
        for (Mutant mutant : mutants) { // all, before the first one takes time
            mutant.lineNumber(site.root());
            String missing = mutant.detector().missing(site);
            if (!missing.isEmpty()) {
                throw new CampaignException("mutant " + mutant.id() + " cannot be tried: " + missing);
            }
        }
        FreshDirectory.at(directory);
        Map<Detector, Look> alone = new ConcurrentHashMap<>();
        Map<Mutant, MutantResult> results = new ConcurrentHashMap<>();
        Map<Detector, Task> baselines = new LinkedHashMap<>();
        for (Mutant mutant : mutants) {
            baselines.putIfAbsent(
                    mutant.detector(), baseline(mutant.detector(), "alone-" + (baselines.size() + 1), alone));
        }
        steps = baselines.size() + mutants.size();
        List<Task> shared = new ArrayList<>();
        List<Task> exclusive = new ArrayList<>();
        baselines.forEach((detector, task) -> (detector.isExclusive() ? exclusive : shared).add(task));
        for (Mutant mutant : mutants) {
            (mutant.detector().isExclusive() ? exclusive : shared).add(() -> results.put(mutant, attempt(mutant)));
        }
        perform(shared, AT_ONCE);
        perform(exclusive, 1);
        return section(
                mutants.size(),
                mutants.stream()
                        .map(mutant -> settled(results.get(mutant), alone.get(mutant.detector())))
                        .toList(),
                (System.nanoTime() - began) / 1e9);
    }

    private void perform(List<Task> tasks, int atOnce) throws IOException, InterruptedException, CampaignException {
        ExecutorService workers = Executors.newFixedThreadPool(atOnce);
        try {
            List<Future<Void>> futures = new ArrayList<>();
            for (Task task : tasks) {
                futures.add(workers.submit(() -> {
                    task.run();
                    progress.step(done.incrementAndGet(), steps, "mutants and detectors");
                    return null;
                }));
            }
            for (Future<Void> future : futures) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private static IOException unwrapped(Throwable cause) throws InterruptedException, CampaignException {
        if (cause instanceof IOException e) {
            return e;
        }
        if (cause instanceof InterruptedException e) {
            throw e;
        }
        if (cause instanceof CampaignException e) {
            throw e;
        }
        throw new IllegalStateException(cause);
    }

    private Task baseline(Detector detector, String name, Map<Detector, Look> alone) {
        return () -> alone.put(detector, look(detector, null, FreshDirectory.at(directory.resolve(name))));
    }

    private Look look(Detector detector, Path classes, Path work) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Sighting sighting = detector.look(site, classes, work, limit);
        return new Look(sighting, (System.nanoTime() - began) / 1e9);
    }

    private MutantResult attempt(Mutant mutant) throws IOException, InterruptedException, CampaignException {
        Path work = FreshDirectory.at(directory.resolve(mutant.id()));
        Path classes = work.resolve("classes");
        String complaint = compiler.compile(site, mutant, work.resolve("source"), classes);
        if (!complaint.isEmpty()) {
            return result(mutant, MutantOutcome.NOT_BUILT, complaint, 0);
        }
        Look look = look(mutant.detector(), classes, work);
        return result(
                mutant,
                outcome(look.sighting(), mutant.hangKills()),
                look.sighting().what(),
                look.seconds());
    }

    static MutantOutcome outcome(Sighting sighting, boolean hangKills) {
        return switch (sighting.kind()) {
            case RED -> MutantOutcome.KILLED;
            case GREEN -> MutantOutcome.SURVIVED;
            case HUNG -> hangKills ? MutantOutcome.KILLED : MutantOutcome.UNDECIDED;
            case BROKEN -> MutantOutcome.UNDECIDED;
        };
    }

    private MutantResult result(Mutant mutant, MutantOutcome outcome, String what, double seconds)
            throws IOException, CampaignException {
        return new MutantResult(
                mutant.id(),
                mutant.file(),
                mutant.lineNumber(site.root()),
                mutant.line(),
                mutant.with(),
                mutant.why(),
                mutant.detector().label(),
                outcome,
                what,
                seconds);
    }

    /** A detector that is not green by itself decides nothing, whatever it said of the mutant. */
    private static MutantResult settled(MutantResult found, Look alone) {
        if (alone.sighting().kind() == Sighting.Kind.GREEN || found.outcome() == MutantOutcome.NOT_BUILT) {
            return found;
        }
        return new MutantResult(
                found.id(),
                found.file(),
                found.line(),
                found.was(),
                found.is(),
                found.why(),
                found.detector(),
                MutantOutcome.BLIND,
                "without the mutant: " + alone.sighting().what(),
                found.seconds());
    }

    private Section<MutantResult> section(int expected, List<MutantResult> results, double seconds) {
        List<String> reasons = new ArrayList<>();
        if (results.isEmpty()) {
            reasons.add("No mutant was chosen, so nothing was shown.");
        }
        int decided = 0;
        for (MutantResult result : results) {
            if (result.outcome() == MutantOutcome.KILLED || result.outcome() == MutantOutcome.SURVIVED) {
                decided++;
            }
            if (result.outcome() != MutantOutcome.KILLED) {
                reasons.add("Mutant " + result.id() + ", " + result.outcome().word() + " under '" + result.detector()
                        + "'" + (result.what().isEmpty() ? "" : ": " + result.what()) + ".");
            }
        }
        Verdict verdict = reasons.isEmpty() ? Verdict.PASS : Verdict.INCONCLUSIVE;
        progress.end(verdict.word());
        return new Section<>(
                verdict,
                reasons,
                List.of("The sources, classes and logs of the mutants are in " + directory + "."),
                expected,
                decided,
                seconds,
                List.of(),
                results);
    }
}

package org.jurcu.stress.campaign.spin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.ModelResult;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.process.ChildProcess;
import org.jurcu.stress.campaign.process.FreshDirectory;
import org.jurcu.stress.campaign.terminal.Progress;

/**
 * Explores models and their twins with spin and a C compiler.
 *
 * <p>A model of which a claim is broken is a violation. A search that was cut short shows nothing, and a twin without a
 * counterexample shows that the model could not have found what it leaves out: both are inconclusive.
 */
final class SpinRun {
    private static final int AT_ONCE = 2;
    private static final Duration COMPILE_LIMIT = Duration.ofMinutes(2);

    private final Tools tools;
    private final Path directory;
    private final Duration limit;
    private final Progress progress;
    private final AtomicInteger done = new AtomicInteger();

    /**
     * The programs that it needs.
     *
     * @param spin the model checker
     * @param cc the compiler for what spin generates
     */
    record Tools(String spin, String cc) {
        static final Tools ON_PATH = new Tools("spin", "gcc");

        /** Complains in one sentence if one is missing. */
        void check() throws CampaignException, InterruptedException {
            for (String tool : List.of(spin, cc)) {
                try {
                    Process process = new ProcessBuilder(tool, tool.equals(cc) ? "--version" : "-V")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
                    process.waitFor();
                } catch (IOException e) {
                    throw new CampaignException(
                            "no " + tool + " was found, so no model was checked; install Debian's spin and gcc");
                }
            }
        }
    }

    /** A model, and a twin of it or an empty name. */
    record Variant(SpinModel model, String twin) {
        String what() {
            return twin.isEmpty() ? "as it is" : model.twins().get(twin);
        }

        String name() {
            return twin.isEmpty() ? model.name() : model.name() + " " + twin;
        }
    }

    SpinRun(Tools tools, Path directory, Duration limit, Progress progress) {
        this.tools = tools;
        this.directory = directory;
        this.limit = limit;
        this.progress = progress;
    }

    Section<ModelResult> run(List<Variant> variants) throws IOException, InterruptedException, CampaignException {
        tools.check();
        long began = System.nanoTime();
        progress.begin("models");
        FreshDirectory.at(directory);
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
        List<ModelResult> results = new ArrayList<>();
        try {
            List<Callable<ModelResult>> tasks = new ArrayList<>();
            for (Variant variant : variants) {
                tasks.add(() -> {
                    ModelResult result = explore(variant);
                    progress.step(done.incrementAndGet(), variants.size(), "models and twins");
                    return result;
                });
            }
            for (Future<ModelResult> future : workers.invokeAll(tasks)) {
                results.add(future.get());
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        } finally {
            workers.shutdownNow();
        }
        return section(variants.size(), results, (System.nanoTime() - began) / 1e9);
    }

    private ModelResult explore(Variant variant) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Path work = FreshDirectory.at(directory.resolve(variant.name().replace(' ', '-')));
        Path log = work.resolve("log.txt");
        List<String> generate = new ArrayList<>(List.of(tools.spin(), "-a"));
        if (!variant.twin().isEmpty()) {
            generate.add("-D" + variant.twin());
        }
        generate.add(variant.model().file().toAbsolutePath().toString());
        // -O2 pays where there is much to explore; a twin ends at its first counterexample.
        List<String> compile = List.of(
                tools.cc(),
                variant.twin().isEmpty() ? "-O2" : "-O1",
                "-w",
                "-DSAFETY",
                "-DMEMLIM=2000",
                "-o",
                "pan",
                "pan.c");
        ChildProcess.run(generate, work, log, COMPILE_LIMIT, line -> {});
        List<String> said = new ArrayList<>();
        String trouble = "";
        if (!Files.exists(work.resolve("pan.c"))) {
            trouble = "spin has generated nothing; see " + log;
        } else {
            ChildProcess.run(compile, work, log, COMPILE_LIMIT, line -> {});
            if (!Files.exists(work.resolve("pan"))) {
                trouble = "what spin generated does not compile; see " + log;
            } else {
                ChildProcess.End end = ChildProcess.run(
                        List.of(work.resolve("pan").toString(), "-m100000"), work, log, limit, said::add);
                trouble = end.timedOut() ? "it was stopped after " + limit.toSeconds() + " s" : "";
            }
        }
        return judge(variant, PanOutput.of(said), trouble, (System.nanoTime() - began) / 1e9);
    }

    static ModelResult judge(Variant variant, PanOutput output, String trouble, double seconds) {
        boolean isTwin = !variant.twin().isEmpty();
        Verdict verdict;
        String found = trouble;
        if (output.errors() > 0) {
            verdict = isTwin ? Verdict.PASS : Verdict.VIOLATION;
            found = output.found();
        } else if (!trouble.isEmpty()) {
            verdict = Verdict.INCONCLUSIVE;
        } else if (output.errors() < 0 || output.cutShort()) {
            verdict = Verdict.INCONCLUSIVE;
            found = "the search is not complete";
        } else {
            verdict = isTwin ? Verdict.INCONCLUSIVE : Verdict.PASS;
            found = isTwin ? "it was not caught" : "";
        }
        return new ModelResult(
                variant.model().name(),
                variant.twin(),
                variant.what(),
                verdict,
                output.states(),
                output.depth(),
                found,
                seconds);
    }

    private Section<ModelResult> section(int expected, List<ModelResult> results, double seconds) {
        List<String> reasons = new ArrayList<>();
        if (results.isEmpty()) {
            reasons.add("No model was chosen, so nothing was shown.");
        }
        for (ModelResult result : results) {
            if (result.verdict() != Verdict.PASS) {
                reasons.add("Model " + result.name() + ": " + result.found() + ".");
            }
        }
        Verdict verdict =
                Verdict.over(results.stream().map(ModelResult::verdict).toList());
        progress.end(verdict.word());
        return new Section<>(
                verdict,
                reasons,
                List.of("The verifiers and their logs are in " + directory + "; there, spin -t -p -k *.trail"
                        + " MODEL shows a counterexample."),
                expected,
                results.size(),
                seconds,
                List.of(),
                results);
    }
}

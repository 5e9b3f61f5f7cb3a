package org.jurcu.stress.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jurcu.stress.campaign.bench.BenchRun;
import org.jurcu.stress.campaign.bench.Fences;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.StressResult;
import org.jurcu.stress.campaign.replay.Repeats;
import org.jurcu.stress.campaign.replay.ReplayRun;
import org.jurcu.stress.campaign.replay.Source;
import org.jurcu.stress.campaign.stress.QuickChoice;
import org.jurcu.stress.campaign.stress.StressRun;
import org.jurcu.stress.campaign.stress.StressTests;
import org.jurcu.stress.campaign.terminal.Progress;
import org.jurcu.task.replay.ReplayOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The main job: everything, in one verdict. */
@Command(
        name = "campaign",
        mixinStandardHelpOptions = true,
        version = "Jurcu campaign",
        description = {
            "Replays every bundled recording of a real kernel, hunts races with jcstress, measures with JMH, and says in"
                    + " one verdict what that shows. Without a command it does all three.",
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:pass",
            "1:violation: something was seen that must not happen",
            "2:what was asked for cannot be done; one sentence says why",
            "3:inconclusive: nothing bad was seen, but the run could not have shown it"
        })
final class CampaignCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final FenceOption fence = new FenceOption();

    @Option(names = "--quick", description = "About one minute in place of five.")
    private boolean quick;

    @Option(names = "--out", paramLabel = "DIR", description = "Where the report goes (default: target/campaign).")
    private Path out;

    CampaignCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CampaignException, IOException, InterruptedException {
        fence.apply();
        Path directory = Objects.requireNonNullElseGet(out, () -> environment.output("campaign"))
                .toAbsolutePath();
        Finale finale = new Finale(environment, spec, quick, directory);
        Progress progress = environment.progress();
        List<Source> recordings = Source.bundled(environment.root());
        ReplayRun.Result replay =
                new ReplayRun(environment.replayer(), Repeats.once(ReplayOptions.DEFAULT), progress).run(recordings);
        if (!replay.unreadable().isEmpty()) {
            throw new CampaignException(String.join("; ", replay.unreadable()));
        }
        List<String> tests = StressTests.matching(null);
        Section<StressResult> stress = new StressRun(
                        environment.java(), environment.jcstressJar(), directory.resolve("stress"), progress)
                .run(quick ? QuickChoice.of(tests) : tests, Budget.stress(quick));
        Section<BenchmarkResult> bench = new BenchRun(
                        environment.java(), environment.benchmarksJar(), directory.resolve("bench"), progress)
                .run(Pattern.compile(""), quick, Budget.bench(quick), Fences.chosen(List.of("auto")));
        return finale.report(replay.section(), stress, bench);
    }
}

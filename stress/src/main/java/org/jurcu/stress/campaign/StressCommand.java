package org.jurcu.stress.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.StressResult;
import org.jurcu.stress.campaign.part.Parts;
import org.jurcu.stress.campaign.stress.QuickChoice;
import org.jurcu.stress.campaign.stress.StressRun;
import org.jurcu.stress.campaign.stress.StressTests;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Hunts races with jcstress. */
@Command(
        name = "stress",
        mixinStandardHelpOptions = true,
        description = "Runs the jcstress tests; their weakened twins must be caught before a green result counts.")
final class StressCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final FenceOption fence = new FenceOption();

    @Option(names = "--list", description = "Print the names of the tests, and run none.")
    private boolean list;

    @Option(
            names = {"-t", "--tests"},
            paramLabel = "REGEX",
            description = "Run the tests in whose name this is found.")
    private String regex;

    @Option(names = "--quick", description = "About half a minute; without -t, no models of what is shipped.")
    private boolean quick;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "Time for all tests together, such as 90s, 10m, 2h; long runs try more configurations.")
    private Duration time;

    @Option(
            names = "--resume",
            description =
                    "Take over what an interrupted run with the same options left; what is done is not done again.")
    private boolean resume;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the report goes (default: target/campaign-stress).")
    private Path out;

    StressCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CampaignException, IOException, InterruptedException {
        List<String> matching = StressTests.matching(regex);
        List<String> tests = quick && regex == null ? QuickChoice.of(matching) : matching;
        if (list) {
            tests.forEach(environment.out()::println);
            return 0;
        }
        fence.apply();
        Path directory = Objects.requireNonNullElseGet(out, () -> environment.output("campaign-stress"))
                .toAbsolutePath();
        Finale finale = Finale.of(environment, spec, quick, resume, directory);
        Section<StressResult> section = new StressRun(
                        environment.java(),
                        environment.jcstressJar(),
                        directory.resolve("stress"),
                        environment.progress(),
                        resume)
                .run(tests, Objects.requireNonNullElseGet(time, () -> Parts.STRESS.time(quick)));
        return finale.report(Parts.STRESS, section);
    }
}

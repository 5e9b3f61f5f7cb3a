package org.jurcu.stress.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jurcu.stress.campaign.litmus.LitmusJvm;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.LitmusResult;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.part.Parts;
import org.jurcu.stress.litmus.LitmusSuite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs litmus patterns. */
@Command(
        name = "litmus",
        mixinStandardHelpOptions = true,
        description =
                "Runs the litmus patterns of RCU in batches; what may be seen must be, and so must each twin's outcome.")
final class LitmusCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final FenceOption fence = new FenceOption();

    @Option(names = "--list", description = "Print pattern and flavour of each, and run none.")
    private boolean list;

    @Option(names = "--show", description = "Print the patterns as they are written, and run none.")
    private boolean show;

    @Option(
            names = {"-t", "--tests"},
            paramLabel = "REGEX",
            description = "Take those in whose PATTERN/FLAVOUR this is found; their twins come along.")
    private String regex;

    @Option(names = "--quick", description = "About 8 seconds in place of 30.")
    private boolean quick;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "Time for all together, such as 10s, 10m or 2h.")
    private Duration time;

    @Option(names = "--seed", paramLabel = "N", description = "Chooses the delays (default: another one each time).")
    private Long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the report goes (default: target/campaign-litmus).")
    private Path out;

    LitmusCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CampaignException, IOException, InterruptedException {
        LitmusSuite suite = LitmusSuite.matching(regex);
        if (list) {
            suite.subjects().forEach(environment.out()::println);
            return 0;
        }
        if (show) {
            environment.out().println(String.join("\n\n", suite.texts()));
            return 0;
        }
        fence.apply();
        Path directory = Objects.requireNonNullElseGet(out, () -> environment.output("campaign-litmus"))
                .toAbsolutePath();
        Finale finale = new Finale(environment, spec, quick, directory);
        Section<LitmusResult> section = new LitmusJvm(
                        environment.java(),
                        environment.jcstressJar(),
                        directory.resolve("litmus"),
                        environment.progress())
                .run(
                        regex,
                        Objects.requireNonNullElseGet(time, () -> Parts.LITMUS.time(quick)),
                        Objects.requireNonNullElseGet(seed, System::nanoTime));
        return finale.report(Parts.LITMUS, section);
    }
}

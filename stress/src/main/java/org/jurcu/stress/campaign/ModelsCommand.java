package org.jurcu.stress.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.part.Parts;
import org.jurcu.stress.campaign.spin.SpinModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Explores the models of the algorithms. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "Explores the models of stress/models with spin, and their twins, which must be caught.")
final class ModelsCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec;

    @Option(names = "--list", description = "Print the models and their twins, and explore none.")
    private boolean list;

    @Option(
            names = {"-t", "--tests"},
            paramLabel = "REGEX",
            description = "Explore those in whose name this is found.")
    private String regex;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "How long one search may take (default: 2m).")
    private Duration limit = SpinModels.LIMIT;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the report goes (default: target/campaign-models).")
    private Path out;

    ModelsCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CampaignException, IOException, InterruptedException {
        SpinModels models = SpinModels.matching(environment.root(), regex);
        if (list) {
            models.lines().forEach(environment.out()::println);
            return 0;
        }
        Path directory = Objects.requireNonNullElseGet(out, () -> environment.output("campaign-models"))
                .toAbsolutePath();
        Finale finale = new Finale(environment, spec, false, directory);
        return finale.report(Parts.MODELS, models.run(directory.resolve("models"), limit, environment.progress()));
    }
}

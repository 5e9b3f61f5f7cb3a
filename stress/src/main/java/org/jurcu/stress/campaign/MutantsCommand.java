package org.jurcu.stress.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.MutantResult;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.mutants.Mutants;
import org.jurcu.stress.campaign.part.Parts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the library wrong, one line at a time, and looks whether somebody notices. */
@Command(
        name = "mutants",
        mixinStandardHelpOptions = true,
        description = {
            "Changes one line of the library at a time, and runs the check that must notice. The fences are those of the"
                    + " strategy full.",
        })
final class MutantsCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec;

    @Option(names = "--list", description = "Print the mutants, and run none.")
    private boolean list;

    @Option(
            names = {"-t", "--tests"},
            paramLabel = "REGEX",
            description = "Run the mutants in whose name, file or detector this is found.")
    private String regex;

    @Option(names = "--sample", paramLabel = "N", description = "Run so many of them.")
    private Integer sample;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Which of them (default: 0); successive seeds go round the whole list.")
    private long seed;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "How long a detector may take before it counts as hung (default: 60s).")
    private Duration limit = Mutants.LIMIT;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where report, sources, classes and logs go (default: target/campaign-mutants).")
    private Path out;

    MutantsCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CampaignException, IOException, InterruptedException {
        Mutants mutants = Mutants.matching(environment.root(), regex);
        if (sample != null) {
            if (sample < 1) {
                throw new CampaignException("--sample must be 1 or more, not " + sample);
            }
            mutants = mutants.sample(sample, seed);
        }
        if (list) {
            mutants.lines().forEach(environment.out()::println);
            return 0;
        }
        Path directory = Objects.requireNonNullElseGet(out, () -> environment.output("campaign-mutants"))
                .toAbsolutePath();
        Finale finale = new Finale(environment, spec, sample != null, directory);
        Section<MutantResult> section = mutants.run(
                environment.java(),
                environment.jcstressJar(),
                directory.resolve("mutants"),
                limit,
                environment.progress());
        return finale.report(Parts.MUTANTS, section);
    }
}

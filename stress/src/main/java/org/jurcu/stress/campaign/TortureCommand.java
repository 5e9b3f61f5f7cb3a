package org.jurcu.stress.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.TortureResult;
import org.jurcu.stress.campaign.part.Parts;
import org.jurcu.stress.torture.TortureProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tortures whole domains, after rcutorture. */
@Command(
        name = "torture",
        mixinStandardHelpOptions = true,
        description =
                "Tortures domains of every flavour: readers that nest, block, come, go and die, against updaters of every"
                        + " kind. Flavours that are busted on purpose must be caught before a green result counts.",
        footer = {"", "What the lines of the result say is in docs/torture.md."})
final class TortureCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final FenceOption fence = new FenceOption();

    @Option(names = "--list", description = "Print the names of the flavours and what they are, and run none.")
    private boolean list;

    @Option(
            names = "--flavour",
            paramLabel = "NAME",
            split = ",",
            description = "Torture these: names of --list, or shipped, or busted (default: all).")
    private List<String> flavours = List.of();

    @Option(names = "--quick", description = "About 8 seconds in place of 40.")
    private boolean quick;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description =
                    "Time for all flavours together, such as 90s, 10m, 2h; those that are shipped share what the others leave.")
    private Duration duration;

    @Option(names = "--seed", paramLabel = "N", description = "Chooses what each thread does next (default: 1).")
    private long seed = 1;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the report goes (default: target/campaign-torture).")
    private Path out;

    TortureCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CampaignException, IOException, InterruptedException {
        Map<String, String> all = TortureProcess.flavours();
        List<String> chosen = chosen(all);
        if (list) {
            chosen.forEach(name -> environment.out().printf("%-30s %s%n", name, all.get(name)));
            return 0;
        }
        fence.apply();
        Path directory = Objects.requireNonNullElseGet(out, () -> environment.output("campaign-torture"))
                .toAbsolutePath();
        Finale finale = new Finale(environment, spec, quick, directory);
        Section<TortureResult> section = new TortureProcess(
                        environment.java(),
                        environment.jcstressJar(),
                        directory.resolve("torture"),
                        environment.progress())
                .run(chosen, Objects.requireNonNullElseGet(duration, () -> Parts.TORTURE.time(quick)), seed);
        return finale.report(Parts.TORTURE, section);
    }

    private List<String> chosen(Map<String, String> all) throws CampaignException {
        List<String> chosen = new ArrayList<>();
        for (String wish : flavours) {
            List<String> granted = all.keySet().stream()
                    .filter(name -> name.equals(wish)
                            || (wish.equals("busted") && TortureProcess.isBusted(name))
                            || (wish.equals("shipped") && !TortureProcess.isBusted(name)))
                    .filter(name -> !chosen.contains(name))
                    .toList();
            if (granted.isEmpty() && !chosen.contains(wish)) {
                throw new CampaignException(
                        "there is no flavour '" + wish + "'; ./campaign torture --list prints their names");
            }
            chosen.addAll(granted);
        }
        return flavours.isEmpty() ? List.copyOf(all.keySet()) : chosen;
    }
}

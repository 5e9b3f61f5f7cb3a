package org.jurcu.stress.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.part.Part;
import org.jurcu.stress.campaign.part.Parts;
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
        Map<String, Section<?>> found = new LinkedHashMap<>();
        for (Part<?> part : Parts.ALL) {
            Duration time = part.time(quick);
            if (!time.isZero()) {
                found.put(part.name(), part.run(environment.assignment(part, directory, quick, time)));
            }
        }
        return finale.report(found);
    }
}

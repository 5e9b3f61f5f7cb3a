package org.jurcu.stress.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.CampaignReport;
import org.jurcu.stress.campaign.report.Merge;
import org.jurcu.stress.campaign.report.ReportFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts the reports of shards together. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        description = "Merges the reports of the shards of one campaign into one report.",
        footer = {
            "",
            "Shards of different revisions, selections or numbers of shards are refused. A shard that is missing, and shards"
                    + " that overlap, make the result inconclusive."
        })
final class MergeCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "DIR", description = "Where the report.json of a shard is.")
    private List<Path> directories;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the report goes (default: target/campaign-merged).")
    private Path out;

    MergeCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CampaignException, IOException {
        List<CampaignReport> shards = new ArrayList<>();
        for (Path directory : directories) {
            shards.add(ReportFiles.read(directory));
        }
        Path target = Objects.requireNonNullElseGet(out, () -> environment.output("campaign-merged"))
                .toAbsolutePath();
        CampaignReport merged = Merge.of(shards, Finale.command(spec));
        return new Finale(environment, spec, merged.quick(), target).finish(merged);
    }
}

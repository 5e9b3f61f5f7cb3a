package org.jurcu.stress.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.report.ReportFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes the page again. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Makes index.html again from report.json and says where it is.")
final class ReportCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "Where report.json is (default: target/campaign).")
    private Path directory;

    ReportCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CampaignException, IOException {
        Path page =
                ReportFiles.rewritePage(Objects.requireNonNullElseGet(directory, () -> environment.output("campaign")));
        environment.out().println(page);
        return 0;
    }
}

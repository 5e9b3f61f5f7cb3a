package org.jurcu.stress.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.CampaignReport;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.part.Part;
import org.jurcu.stress.campaign.part.Parts;
import org.jurcu.stress.campaign.report.ReportFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the page again. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Makes index.html again from report.json and says where it is.",
        footer = {
            "",
            "With --plain a line for each part that ran: its name, its verdict, how many were expected, how many ran, how many"
                    + " passed, and what they are: tests or figures."
        })
final class ReportCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "Where report.json is (default: target/campaign).")
    private Path directory;

    @Option(names = "--plain", description = "Print the verdicts for a script in place of making the page.")
    private boolean plain;

    ReportCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CampaignException, IOException {
        Path from = Objects.requireNonNullElseGet(directory, () -> environment.output("campaign"));
        if (plain) {
            printPlainly(ReportFiles.read(from));
        } else {
            environment.out().println(ReportFiles.rewritePage(from));
        }
        return 0;
    }

    private void printPlainly(CampaignReport report) {
        for (Part<?> part : Parts.ALL) {
            Section<?> section = report.parts().get(part.name());
            if (section != null) {
                environment
                        .out()
                        .printf(
                                "%s %s %d %d %d %s%n",
                                part.name(),
                                section.verdict().word(),
                                section.expected(),
                                section.ran(),
                                part.passedOf(section),
                                part.isTest() ? "tests" : "figures");
            }
        }
    }
}

package org.jurcu.stress.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jurcu.stress.campaign.bench.PublishedFigures;
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
            "With --plain a line for each part that ran: its name, its verdict, how many were expected, how many ran,"
                    + " how many passed, and what they are: tests or figures."
        })
final class ReportCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "Where report.json is (default: target/campaign).")
    private Path directory;

    @Option(names = "--plain", description = "Print the verdicts for a script in place of making the page.")
    private boolean plain;

    @Option(
            names = "--figures",
            description = "Print the figures that a newcomer looks for, as Markdown, in place of making the page.")
    private boolean figures;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "Write report.json there too, without command lines and logs of this machine, to be kept and"
                    + " compared with.")
    private Path store;

    ReportCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CampaignException, IOException {
        Path from = Objects.requireNonNullElseGet(directory, () -> environment.output("campaign"));
        if (store != null) {
            environment.out().println(ReportFiles.store(ReportFiles.read(from), store));
        }
        if (figures) {
            printFigures(from);
        }
        if (plain) {
            printPlainly(ReportFiles.read(from));
        }
        if (store == null && !figures && !plain) {
            environment.out().println(ReportFiles.rewritePage(from));
        }
        return 0;
    }

    private void printFigures(Path from) throws CampaignException {
        CampaignReport report = ReportFiles.read(from);
        Section<?> bench = report.parts().get(Parts.BENCH.name());
        if (bench == null) {
            throw new CampaignException("the report in " + from + " has no benchmarks; give one of ./campaign bench");
        }
        environment
                .out()
                .print(PublishedFigures.markdown(report, Parts.BENCH.own(bench).results()));
    }

    private void printPlainly(CampaignReport report) {
        report.runs().forEach(this::printPlainly);
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

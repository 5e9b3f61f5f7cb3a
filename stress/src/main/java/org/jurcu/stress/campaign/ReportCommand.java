package org.jurcu.stress.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.CampaignReport;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.replay.ReplayVerdict;
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
            "With --plain a line for each part that ran: its name, its verdict, how many were expected, how many ran, how many passed."
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
        if (report.replay() != null) {
            line("replay", report.replay(), r -> ReplayVerdict.of(r).verdict() == Verdict.PASS);
        }
        if (report.stress() != null) {
            line("stress", report.stress(), r -> r.verdict() == Verdict.PASS);
        }
        if (report.bench() != null) {
            line("bench", report.bench(), r -> true);
        }
    }

    private <T> void line(String part, Section<T> section, Predicate<T> passed) {
        environment
                .out()
                .printf(
                        "%s %s %d %d %d%n",
                        part,
                        section.verdict().word(),
                        section.expected(),
                        section.ran(),
                        section.results().stream().filter(passed).count());
    }
}

package org.jurcu.stress.campaign;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jurcu.stress.campaign.model.CampaignReport;
import org.jurcu.stress.campaign.model.Host;
import org.jurcu.stress.campaign.model.Jdk;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.part.Part;
import org.jurcu.stress.campaign.part.Parts;
import org.jurcu.stress.campaign.process.JavaCommand;
import org.jurcu.stress.campaign.report.ReportFiles;
import org.jurcu.stress.campaign.report.Versions;
import org.jurcu.stress.campaign.terminal.TextTable;
import picocli.CommandLine.Model.CommandSpec;

/** The end of every campaign: tables, verdicts, report. */
final class Finale {
    private final Environment environment;
    private final CommandSpec spec;
    private final boolean quick;
    private final Path directory;
    private final String started = now();

    /** Made when the campaign starts, so that it knows when that was. */
    Finale(Environment environment, CommandSpec spec, boolean quick, Path directory) {
        this.environment = environment;
        this.spec = spec;
        this.quick = quick;
        this.directory = directory;
    }

    /** Prints and writes what one part found; returns the exit status. */
    int report(Part<?> part, Section<?> section) throws IOException {
        return report(Map.of(part.name(), section));
    }

    /** Prints and writes what was found by the parts of these names; returns the exit status. */
    int report(Map<String, Section<?>> parts) throws IOException {
        Verdict verdict = CampaignReport.verdictOf(parts.values());
        CampaignReport report = new CampaignReport(
                CampaignReport.FORMAT,
                verdict,
                verdict.exitStatus(),
                started,
                now(),
                quick,
                command(),
                Host.here(),
                Jdk.here(),
                Versions.of(environment.root()),
                parts);
        Path page = ReportFiles.write(report, directory);
        print(report);
        environment.out().println("report: " + page);
        return verdict.exitStatus();
    }

    private void print(CampaignReport report) {
        PrintStream out = environment.out();
        TextTable verdicts = new TextTable("part", "verdict", "ran", "expected", "seconds");
        List<String> reasons = new ArrayList<>();
        for (Part<?> part : Parts.ALL) {
            Section<?> section = report.parts().get(part.name());
            if (section != null) {
                out.println();
                part.printSection(section, out);
                row(verdicts, part.name(), section);
                reasons.addAll(section.reasons());
                reasons.addAll(section.notes());
            }
        }
        out.println();
        verdicts.print(out);
        reasons.forEach(out::println);
        out.println();
        out.println("verdict: " + report.verdict().word());
    }

    private static void row(TextTable table, String part, Section<?> section) {
        table.row(
                part,
                section.verdict().word(),
                "" + section.ran(),
                "" + section.expected(),
                String.format(Locale.ROOT, "%.1f", section.seconds()));
    }

    private String command() {
        List<String> words = new ArrayList<>(List.of("./campaign"));
        words.addAll(spec.root().commandLine().getParseResult().originalArgs());
        return JavaCommand.shellQuote(words);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}

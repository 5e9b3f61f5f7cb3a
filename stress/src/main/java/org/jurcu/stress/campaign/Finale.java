package org.jurcu.stress.campaign;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jurcu.stress.campaign.model.CampaignReport;
import org.jurcu.stress.campaign.model.Host;
import org.jurcu.stress.campaign.model.Jdk;
import org.jurcu.stress.campaign.model.Request;
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
    private final Request request;
    private final Path directory;

    /** Made when the campaign starts, so that it knows when that was. */
    Finale(Environment environment, CommandSpec spec, boolean quick, Path directory) {
        this(environment, request(environment, spec, quick, 0), directory);
    }

    /** The same, where what an interrupted run left may be taken over. */
    static Finale of(Environment environment, CommandSpec spec, boolean quick, boolean resume, Path directory) {
        return new Finale(environment, request(environment, spec, quick, resume ? 1 : 0), directory);
    }

    private static Request request(Environment environment, CommandSpec spec, boolean quick, int resumed) {
        return new Request(
                quick,
                null,
                0,
                null,
                Versions.revision(environment.root()),
                Jdk.here().version(),
                now(),
                command(spec),
                resumed);
    }

    /** The same for what was asked for in a way that can be resumed. */
    Finale(Environment environment, Request request, Path directory) {
        this.environment = environment;
        this.request = request;
        this.directory = directory;
    }

    /** Prints and writes what one part found; returns the exit status. */
    int report(Part<?> part, Section<?> section) throws IOException {
        return report(Map.of(part.name(), section));
    }

    /** Prints and writes what was found by the parts of these names; returns the exit status. */
    int report(Map<String, Section<?>> parts) throws IOException {
        Map<String, Section<?>> counted = new LinkedHashMap<>();
        parts.forEach((name, section) -> counted.put(name, section.counted()));
        return finish(report(CampaignReport.verdictOf(counted.values()), List.of(), counted));
    }

    /** Prints and writes what was found on several JDKs; returns the exit status. */
    int report(List<CampaignReport> runs) throws IOException {
        Verdict verdict =
                Verdict.over(runs.stream().map(CampaignReport::verdict).toList());
        return finish(report(verdict, runs, Map.of()));
    }

    private CampaignReport report(Verdict verdict, List<CampaignReport> runs, Map<String, Section<?>> parts) {
        return new CampaignReport(
                CampaignReport.FORMAT,
                verdict,
                verdict.exitStatus(),
                request.started(),
                now(),
                request.quick(),
                request.command(),
                Host.here(),
                Jdk.here(),
                Versions.of(environment.root()),
                request.shard(),
                request.resumed(),
                List.of(),
                runs,
                parts);
    }

    /** Prints and writes a report; returns the exit status. */
    int finish(CampaignReport report) throws IOException {
        Path page = ReportFiles.write(report, directory);
        print(report);
        environment.out().println("report: " + page);
        return report.verdict().exitStatus();
    }

    private void print(CampaignReport report) {
        PrintStream out = environment.out();
        report.runs().forEach(run -> {
            out.println();
            out.println("JDK " + run.jdk().version() + ":");
            printParts(run, out);
        });
        printParts(report, out);
        if (report.resumed() > 0) {
            out.println("It was resumed " + (report.resumed() == 1 ? "once." : report.resumed() + " times."));
        }
        report.merged()
                .forEach(origin -> out.println("shard " + origin.shard() + ": "
                        + origin.verdict().word() + " on " + origin.host().cpu() + ", JDK "
                        + origin.jdk().version()));
        out.println();
        out.println("verdict: " + report.verdict().word());
    }

    private static void printParts(CampaignReport report, PrintStream out) {
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
        if (!report.parts().isEmpty()) {
            out.println();
            verdicts.print(out);
        }
        reasons.forEach(out::println);
    }

    private static void row(TextTable table, String part, Section<?> section) {
        table.row(
                part,
                section.verdict().word(),
                "" + section.ran(),
                "" + section.expected(),
                String.format(Locale.ROOT, "%.1f", section.seconds()));
    }

    static String command(CommandSpec spec) {
        List<String> words = new ArrayList<>(List.of("./campaign"));
        words.addAll(spec.root().commandLine().getParseResult().originalArgs());
        return JavaCommand.shellQuote(words);
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}

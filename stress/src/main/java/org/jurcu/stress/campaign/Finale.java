package org.jurcu.stress.campaign;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jurcu.stress.campaign.bench.BenchTable;
import org.jurcu.stress.campaign.bench.TargetTable;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.CampaignReport;
import org.jurcu.stress.campaign.model.Host;
import org.jurcu.stress.campaign.model.Jdk;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.StressResult;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.process.JavaCommand;
import org.jurcu.stress.campaign.replay.ReplayTable;
import org.jurcu.stress.campaign.report.ReportFiles;
import org.jurcu.stress.campaign.report.Versions;
import org.jurcu.stress.campaign.stress.StressTable;
import org.jurcu.stress.campaign.terminal.TextTable;
import org.jurcu.task.replay.ReplayReport;
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

    /** Prints and writes what was found, null being a part that was not asked for; returns the exit status. */
    int report(Section<ReplayReport> replay, Section<StressResult> stress, Section<BenchmarkResult> bench)
            throws IOException {
        Verdict verdict = CampaignReport.verdictOf(replay, stress, bench);
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
                replay,
                stress,
                bench);
        Path page = ReportFiles.write(report, directory);
        print(report);
        environment.out().println("report: " + page);
        return verdict.exitStatus();
    }

    private void print(CampaignReport report) {
        PrintStream out = environment.out();
        TextTable verdicts = new TextTable("part", "verdict", "ran", "expected", "seconds");
        if (report.replay() != null) {
            out.println();
            ReplayTable.print(report.replay().results(), out);
            row(verdicts, "replay", report.replay());
        }
        if (report.stress() != null) {
            out.println();
            StressTable.print(report.stress().results(), out);
            row(verdicts, "stress", report.stress());
        }
        if (report.bench() != null) {
            out.println();
            BenchTable.print(report.bench().results(), out);
            out.println();
            TargetTable.print(report.bench().results(), out);
            row(verdicts, "bench", report.bench());
        }
        out.println();
        verdicts.print(out);
        List<String> reasons = new ArrayList<>();
        for (Section<?> section : sections(report)) {
            reasons.addAll(section.reasons());
            reasons.addAll(section.notes());
        }
        reasons.forEach(out::println);
        out.println();
        out.println("verdict: " + report.verdict().word());
    }

    private static List<Section<?>> sections(CampaignReport report) {
        List<Section<?>> sections = new ArrayList<>();
        if (report.replay() != null) {
            sections.add(report.replay());
        }
        if (report.stress() != null) {
            sections.add(report.stress());
        }
        if (report.bench() != null) {
            sections.add(report.bench());
        }
        return sections;
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

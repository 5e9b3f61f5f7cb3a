package org.jurcu.stress.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.CampaignReport;
import org.jurcu.stress.campaign.process.ChildProcess;
import org.jurcu.stress.campaign.process.JavaCommand;
import org.jurcu.stress.campaign.process.LogTail;
import org.jurcu.stress.campaign.report.ReportFiles;
import org.jurcu.stress.campaign.terminal.Progress;

/** One campaign on each of several JDKs, one after the other: they would disturb each other. */
final class JdkMatrix {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration BRIEF = Duration.ofSeconds(30);
    private static final int OLDEST = 17;

    private final Environment environment;
    private final Path directory;
    private final List<String> arguments;
    private final boolean resume;

    JdkMatrix(Environment environment, Path directory, List<String> arguments, boolean resume) {
        this.environment = environment;
        this.directory = directory;
        this.arguments = arguments;
        this.resume = resume;
    }

    /** Runs all, which are looked at before the first is run. */
    int run(List<Path> jdks, Finale finale) throws CampaignException, IOException, InterruptedException {
        Files.createDirectories(directory);
        List<Integer> features = new ArrayList<>();
        for (Path jdk : jdks) {
            features.add(feature(jdk));
        }
        List<CampaignReport> runs = new ArrayList<>();
        for (int i = 0; i < jdks.size(); i++) {
            runs.add(run(i + 1, jdks.get(i), features.get(i)));
        }
        return finale.report(runs);
    }

    private static Path java(Path jdk) {
        return jdk.resolve("bin").resolve("java").toAbsolutePath();
    }

    private int feature(Path jdk) throws CampaignException, IOException, InterruptedException {
        if (!Files.isExecutable(java(jdk))) {
            throw new CampaignException(jdk + " is no JDK: there is no bin/java in it");
        }
        List<String> lines = new ArrayList<>();
        ChildProcess.run(
                List.of(java(jdk).toString(), "-XshowSettings:properties", "-version"),
                directory,
                directory.resolve("jdk.log"),
                BRIEF,
                lines::add);
        int feature = lines.stream()
                .map(String::strip)
                .filter(line -> line.matches("java\\.specification\\.version = \\d{1,4}"))
                .map(line -> Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(0);
        if (feature < OLDEST) {
            throw new CampaignException(jdk + " is of version " + (feature == 0 ? "unknown" : "" + feature) + "; a JDK "
                    + OLDEST + " or later is needed");
        }
        return feature;
    }

    private CampaignReport run(int number, Path jdk, int feature)
            throws CampaignException, IOException, InterruptedException {
        Path own = directory.resolve("jdk-" + number);
        Path log = directory.resolve("jdk-" + number + ".log");
        Progress progress = environment.progress();
        progress.note("campaign: on " + jdk);
        ChildProcess.End end = ChildProcess.run(command(jdk, feature, own), directory, log, WEEK, line -> {
            if (line.matches("[a-z]+: .*|verdict: .*")) {
                progress.note("  " + line);
            }
        });
        try {
            CampaignReport report = ReportFiles.read(own);
            if (report.exitStatus() == end.exitStatus()) {
                return report;
            }
        } catch (CampaignException e) {
            progress.note(e.getMessage());
        }
        LogTail.of(log, 12).forEach(line -> progress.note("  | " + line));
        throw new CampaignException("the campaign on " + jdk + " ended with exit status " + end.exitStatus()
                + " and left no report of its own; its log is " + log);
    }

    private List<String> command(Path jdk, int feature, Path own) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java(jdk).toString());
        command.addAll(JavaCommand.nativeAccess(feature));
        command.addAll(List.of(
                "-Djurcu.root=" + environment.root(),
                "-cp",
                environment.jcstressJar().toString(),
                CampaignMain.class.getName()));
        if (resume && Files.exists(own.resolve("request.json"))) {
            command.addAll(List.of("--resume", own.toString()));
        } else {
            Files.deleteIfExists(own.resolve("report.json"));
            command.addAll(arguments);
            command.addAll(List.of("--out", own.toString()));
        }
        return command;
    }
}

package org.jurcu.stress.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jurcu.stress.campaign.bench.Baseline;
import org.jurcu.stress.campaign.bench.BenchRun;
import org.jurcu.stress.campaign.bench.Fences;
import org.jurcu.stress.campaign.bench.Liburcu;
import org.jurcu.stress.campaign.bench.ThreadCounts;
import org.jurcu.stress.campaign.model.BenchmarkResult;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.part.Parts;
import org.jurcu.stress.campaign.report.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures with JMH. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Runs the JMH benchmarks, each beside its floor in the same run.")
final class BenchCommand implements Callable<Integer> {
    private static final Duration FULL_TIME = Duration.ofMinutes(30);

    private final Environment environment;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "REGEX", description = "Run the benchmarks in whose name this is found.")
    private String regex = "";

    @Option(names = "--list", description = "Print the names of the benchmarks, and run none.")
    private boolean list;

    @Option(
            names = "--quick",
            description =
                    "Only what the speeds to reach are about, without peers and growth with threads and readers, in"
                            + " short iterations.")
    private boolean quick;

    @Option(
            names = "--full",
            description = "For figures to quote: 30 minutes and --threads auto, unless these are given.")
    private boolean full;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "Time for all benchmarks together, such as 90s, 10m, 2h.")
    private Duration time;

    @Option(
            names = "--fence",
            paramLabel = "STRATEGY",
            split = ",",
            description =
                    "Strategies of the fences, such as membarrier,full; everything but peers and toys is measured under"
                            + " each (default: the one that the library chooses).")
    private List<String> fences = List.of("auto");

    @Option(
            names = "--threads",
            paramLabel = "auto|LIST",
            description = "Measure the read side with each of these numbers of threads too, such as 1,2,4; auto: the"
                    + " powers of two up to the processors.")
    private String threads;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the report goes (default: target/campaign-bench).")
    private Path out;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "report.json of an earlier run: its figures stand beside those of this run, with the noise of"
                    + " both.")
    private Path baseline;

    BenchCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CampaignException, IOException, InterruptedException {
        if (full && quick) {
            throw new CampaignException("--quick and --full exclude each other; give one of them");
        }
        Pattern pattern = pattern();
        Path directory = Objects.requireNonNullElseGet(out, () -> environment.output("campaign-bench"))
                .toAbsolutePath();
        BenchRun run = new BenchRun(
                environment.java(),
                environment.benchmarksJar(),
                Liburcu.source(environment.root()),
                directory.resolve("bench"),
                environment.progress());
        String wanted = threads == null && full ? ThreadCounts.AUTO : threads;
        List<Integer> counts = wanted == null
                ? List.of()
                : ThreadCounts.chosen(wanted, Runtime.getRuntime().availableProcessors());
        if (list) {
            run.names().stream().filter(pattern.asPredicate()).forEach(environment.out()::println);
            return 0;
        }
        Optional<Baseline> earlier = earlier();
        List<String> strategies = Fences.chosen(fences);
        Finale finale = new Finale(environment, spec, quick, directory);
        Section<BenchmarkResult> section =
                run.run(pattern, quick, Objects.requireNonNullElseGet(time, this::usualTime), strategies, counts);
        return finale.report(Parts.BENCH, earlier.map(e -> e.beside(section)).orElse(section));
    }

    private Duration usualTime() {
        return full ? FULL_TIME : Parts.BENCH.time(quick);
    }

    private Optional<Baseline> earlier() throws CampaignException {
        if (baseline == null) {
            return Optional.empty();
        }
        Section<?> section = Json.readReport(baseline).parts().get(Parts.BENCH.name());
        if (section == null) {
            throw new CampaignException(
                    baseline + " is the report of a campaign without benchmarks; give one of ./campaign bench");
        }
        return Optional.of(new Baseline(Parts.BENCH.own(section).results()));
    }

    private Pattern pattern() throws CampaignException {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new CampaignException("'" + regex + "' is no regular expression: " + e.getDescription());
        }
    }
}

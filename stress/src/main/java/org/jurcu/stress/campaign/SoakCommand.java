package org.jurcu.stress.campaign;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.soak.AllocationMeter;
import org.jurcu.stress.campaign.soak.SoakMoments;
import org.jurcu.stress.campaign.soak.SoakTable;
import org.jurcu.stress.campaign.terminal.Progress;
import org.jurcu.task.TaskLayout;
import org.jurcu.task.load.Soak;
import org.jurcu.task.load.SoakOptions;
import org.jurcu.task.load.SoakProgress;
import org.jurcu.task.load.SoakReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs lifetimes through the model for as long as one likes. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description =
                "Runs generated lifetimes through the model on threads that act as CPUs, with readers beside them.",
        footer = {
            "",
            "Ends when the time is up or all lifetimes are done, whichever comes first, and then audits: every task"
                    + " that was born was freed once, with its counts at zero. The exit status is 1 if anything else was"
                    + " seen."
        })
final class SoakCommand implements Callable<Integer> {
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final Environment environment;

    @Mixin
    private final FenceOption fence = new FenceOption();

    @Option(
            names = "--time",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "How long, such as 90s, 10m or 2h (default: 10s, or without end if --count is given).")
    private Duration time;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "How many lifetimes (default: as many as the time allows).")
    private Long count;

    @Option(names = "--cpus", paramLabel = "N", description = "Threads that act as CPUs (default: 2).")
    private int cpus = 2;

    @Option(names = "--readers", paramLabel = "N", description = "Threads that read under RCU meanwhile (default: 2).")
    private int readers = 2;

    @Option(names = "--seed", paramLabel = "N", description = "Chooses each lifetime's path (default: 1).")
    private long seed = 1;

    @Option(
            names = "--layout",
            paramLabel = "NAME",
            description = "How a task keeps rcu_users: pre-union, union, split or tagged (default: tagged).")
    private String layout = TaskLayout.TAGGED.name();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Option(names = "--plain", description = "Print NAME VALUE lines for a script in place of the table.")
    private boolean plain;

    SoakCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CampaignException, IOException {
        SoakOptions options = options();
        fence.apply();
        json.check();
        AllocationMeter meter = new AllocationMeter();
        SoakMoments moments = new SoakMoments();
        Progress progress = environment.briefProgress();
        progress.begin("soak");
        SoakReport report = Soak.run(options, now -> {
            meter.sample(now.forks());
            moments.sample(now);
            progress.step(done(options, now), total(options), "of the soak: " + sentence(now));
        });
        progress.end(report.passed() ? "pass" : "violation");
        json.write(report, environment);
        SoakTable.print(report, meter.bytesPerLifetime(), moments.startMiddleEnd(), plain, json.text(environment));
        return (report.passed() ? Verdict.PASS : Verdict.VIOLATION).exitStatus();
    }

    private SoakOptions options() throws CampaignException {
        try {
            return new SoakOptions(
                    cpus,
                    readers,
                    Layouts.named(layout),
                    seed,
                    count == null ? Long.MAX_VALUE : count,
                    time != null ? time : count != null ? FOR_EVER : TIME,
                    INTERVAL);
        } catch (IllegalArgumentException e) {
            throw new CampaignException(e.getMessage());
        }
    }

    /** In lifetimes if they are counted, else in seconds. */
    private static long done(SoakOptions options, SoakProgress now) {
        return options.lifetimes() == Long.MAX_VALUE ? (long) now.seconds() : now.forks();
    }

    private static long total(SoakOptions options) {
        return options.lifetimes() == Long.MAX_VALUE ? options.time().toSeconds() : options.lifetimes();
    }

    private static String sentence(SoakProgress now) {
        return String.format(
                Locale.ROOT,
                "%,d freed, %,.0f a second, backlog %,d, slab %,d, heap %d MB",
                now.frees(),
                now.frees() / now.seconds(),
                now.backlog(),
                now.slabSlots(),
                now.heapBytes() >> 20);
    }
}

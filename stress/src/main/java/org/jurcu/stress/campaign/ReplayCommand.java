package org.jurcu.stress.campaign;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.replay.Repeats;
import org.jurcu.stress.campaign.replay.ReplayRun;
import org.jurcu.stress.campaign.replay.ReplayTable;
import org.jurcu.stress.campaign.replay.Source;
import org.jurcu.stress.campaign.replay.ViolationText;
import org.jurcu.task.TaskLayout;
import org.jurcu.task.replay.ReplayOptions;
import org.jurcu.task.replay.ReplayOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replays the user's own recordings. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Replays recordings of a kernel's scheduler tracepoints on real threads.",
        footer = {
            "",
            "All files are looked for before the first is replayed. A torn one does not keep the others from being"
                    + " replayed and written, but the exit status is then 2."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int HISTORY = 16;

    private final Environment environment;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Recordings, plain or gzip; - is standard input.")
    private List<String> files;

    @Mixin
    private final FenceOption fence = new FenceOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Option(
            names = "--timeline",
            paramLabel = "HTML",
            description = "Write a page that shows the one recording given beside its replay.")
    private Path timeline;

    @Option(names = "--readers", paramLabel = "N", description = "Threads that read under RCU meanwhile (default: 2).")
    private int readers = ReplayOptions.DEFAULT.readers();

    @Option(
            names = "--layout",
            paramLabel = "NAME",
            description = "How a task keeps rcu_users: pre-union (Linux up to 5.3), union (5.4 to 6.3), split (6.4 on)"
                    + " or tagged (default: tagged).")
    private String layout = ReplayOptions.DEFAULT.layout().name();

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description = "trace: CPUs take turns as in the recording; racy: each as fast as it can, ordered by"
                    + " causality only (default: trace).")
    private String order = "trace";

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "In order racy, holds threads up at marked points, as chosen by N (default: nobody).")
    private long seed;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "Replays each recording N times, with the seeds from --seed on (default: 1).")
    private int repeat = 1;

    @Option(
            names = "--history",
            paramLabel = "N",
            description = "Changes of each task's counts that are kept, to be printed with a violation (default: 16 in"
                    + " order racy, else 0).")
    private Integer history;

    ReplayCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CampaignException, IOException {
        Repeats repeats = repeats();
        fence.apply();
        json.check();
        List<Source> sources = Source.named(files, environment.in());
        TimelinePage page = timeline == null ? null : TimelinePage.of(sources, OutputFile.writable(timeline));
        Repeats watched = page == null ? repeats : page.watching(repeats);
        ReplayRun.Result result =
                new ReplayRun(environment.replayer(), watched, environment.briefProgress()).run(sources);
        PrintStream table = json.text(environment);
        if (!result.section().results().isEmpty()) {
            ReplayTable.print(result.section().results(), table);
        }
        result.section().reasons().forEach(reason -> {
            if (!result.unreadable().contains(reason.replaceAll("\\.$", ""))) {
                table.println(reason);
            }
        });
        ViolationText violations = new ViolationText(files, repeats.history());
        result.section().results().forEach(report -> violations.print(report, table));
        json.write(result.section().results(), environment);
        result.unreadable().forEach(sentence -> Complaints.say(environment, sentence));
        if (page != null && result.section().results().size() == 1) {
            page.write(result.section().results().get(0)); // last: it may fail, and the results are said by then
        }
        return result.unreadable().isEmpty() ? result.section().verdict().exitStatus() : Complaints.CANNOT;
    }

    private Repeats repeats() throws CampaignException {
        ReplayOptions options = options(readers, layout);
        boolean racy = order(order) == ReplayOrder.RACY;
        if (seed < 0) {
            throw new CampaignException("a seed is 1 or more, not " + seed);
        }
        if (!racy && seed != 0) {
            throw new CampaignException("--seed needs --order racy: in order trace nobody can be held up");
        }
        if (repeat > 1 && files.contains("-")) {
            throw new CampaignException("standard input can be replayed once: give a file to --repeat");
        }
        try {
            return new Repeats(
                    racy ? options.racy(seed) : options, repeat, history != null ? history : racy ? HISTORY : 0);
        } catch (IllegalArgumentException e) {
            throw new CampaignException(e.getMessage());
        }
    }

    private static ReplayOrder order(String name) throws CampaignException {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "trace" -> ReplayOrder.TRACE;
            case "racy" -> ReplayOrder.RACY;
            default -> throw new CampaignException("there is no order '" + name + "'; there is trace, racy");
        };
    }

    static ReplayOptions options(int readers, String layout) throws CampaignException {
        TaskLayout chosen = Layouts.named(layout);
        try {
            return new ReplayOptions(readers, chosen);
        } catch (IllegalArgumentException e) {
            throw new CampaignException(e.getMessage());
        }
    }
}

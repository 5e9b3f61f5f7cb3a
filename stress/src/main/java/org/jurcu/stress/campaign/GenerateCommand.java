package org.jurcu.stress.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.task.load.GeneratedLoad;
import org.jurcu.task.load.LifePath;
import org.jurcu.task.load.LoadGenerator;
import org.jurcu.task.load.LoadOptions;
import org.jurcu.task.load.Mix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a recording that no kernel made. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Writes a recording of a simulated machine in ftrace's text, to be replayed.",
        footer = {
            "",
            "The mix is all (but stops), or weights such as exit=8,threads=2. The paths are exit, autoreap,"
                    + " no-cld-wait, poll, peek, reaped-running, threads, leader-first, group-exit, exec-thread,"
                    + " exec-dead-leader, orphans, namespace, groups, traced and stops; docs/soak.md describes them. The"
                    + " same options give the same bytes."
        })
final class GenerateCommand implements Callable<Integer> {
    private final Environment environment;

    @Option(names = "--seed", paramLabel = "N", description = "Chooses what is left to chance (default: 1).")
    private long seed = 1;

    @Option(names = "--cpus", paramLabel = "N", description = "CPUs of the machine (default: 2).")
    private int cpus = 2;

    @Option(names = "--tasks", paramLabel = "N", description = "Tasks that are born and die (default: 10000).")
    private int tasks = 10_000;

    @Option(names = "--mix", paramLabel = "MIX", description = "How often each path is taken (default: all).")
    private String mix = "all";

    @Option(names = "--pid-max", paramLabel = "N", description = "Where numbers begin again (default: 32768).")
    private int pidMax = LoadOptions.PID_MAX;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "The recording, gzip if its name ends with .gz; - is standard output.")
    private String output;

    GenerateCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CampaignException, IOException {
        LoadOptions options = options();
        boolean standard = output.equals("-");
        Path file = standard ? null : OutputFile.writable(Path.of(output));
        long start = System.nanoTime();
        GeneratedLoad load =
                standard ? LoadGenerator.write(environment.out(), options) : LoadGenerator.write(file, options);
        if (standard && environment.out().checkError()) {
            throw new CampaignException("standard output takes no more");
        }
        environment.err().println(sentence(load, (System.nanoTime() - start) / 1e9));
        return 0;
    }

    private LoadOptions options() throws CampaignException {
        try {
            return new LoadOptions(seed, cpus, tasks, Mix.parse(mix), pidMax);
        } catch (IllegalArgumentException e) {
            throw new CampaignException(e.getMessage());
        }
    }

    private String sentence(GeneratedLoad load, double seconds) {
        String jobs = load.jobs().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(job -> job.getValue() + " " + name(job.getKey()))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%s: %,d events of %,d tasks on %d CPUs in %.3f s of their time, written in %.1f s; jobs: %s",
                output,
                load.events(),
                load.tasks(),
                cpus,
                load.nanos() / 1e9,
                seconds,
                jobs);
    }

    private static String name(LifePath path) {
        return path.word();
    }
}

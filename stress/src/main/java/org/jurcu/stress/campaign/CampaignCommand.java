package org.jurcu.stress.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.Jdk;
import org.jurcu.stress.campaign.model.Request;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.model.Shard;
import org.jurcu.stress.campaign.part.Assignment;
import org.jurcu.stress.campaign.part.Part;
import org.jurcu.stress.campaign.part.Parts;
import org.jurcu.stress.campaign.report.ReportFiles;
import org.jurcu.stress.campaign.report.Versions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The main job: everything, in one verdict. */
@Command(
        name = "campaign",
        mixinStandardHelpOptions = true,
        version = "Jurcu campaign",
        description = {
            "Replays every bundled recording of a real kernel, hunts races with jcstress, measures with JMH, and says in"
                    + " one verdict what that shows. Without a command it does all of this.",
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:pass",
            "1:violation: something was seen that must not happen",
            "2:what was asked for cannot be done; one sentence says why",
            "3:inconclusive: nothing bad was seen, but the run could not have shown it"
        })
final class CampaignCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final FenceOption fence = new FenceOption();

    @Option(names = "--quick", description = "Two minutes at most, in place of ten.")
    private boolean quick;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "Time for all parts together, such as 2h; most goes where most was found in DIR before.")
    private Duration budget;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description = "Do the Ith of N parts of the work, or with auto the one that Slurm or Kubernetes says.")
    private String shard;

    @Option(
            names = "--jdk",
            paramLabel = "PATH",
            description = "Run on this JDK; repeated, on each, and the report shows them side by side.")
    private List<Path> jdks = List.of();

    @Option(
            names = "--resume",
            arity = "0..1",
            paramLabel = "DIR",
            fallbackValue = "",
            description = "Take up the campaign of DIR again, as it was asked for: what is done is not done again.")
    private String resume;

    @Option(names = "--out", paramLabel = "DIR", description = "Where the report goes (default: target/campaign).")
    private Path out;

    CampaignCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CampaignException, IOException, InterruptedException {
        if (!jdks.isEmpty()) {
            return matrix();
        }
        Path directory = directory();
        Checkpoint checkpoint = new Checkpoint(directory);
        Map<String, Section<?>> earlier = earlier(directory);
        Request request;
        if (resume == null) {
            request = asked();
            fence.apply();
            checkpoint.begin(request);
        } else {
            request = checkpoint.request().again();
            refuseAnother(request);
            fence.apply(request.fence());
            checkpoint.save(request);
        }
        Finale finale = new Finale(environment, request, directory);
        return finale.report(found(request, directory, checkpoint, earlier));
    }

    private Path directory() {
        if (resume != null && !resume.isEmpty()) {
            return Path.of(resume).toAbsolutePath();
        }
        return Objects.requireNonNullElseGet(out, () -> environment.output("campaign"))
                .toAbsolutePath();
    }

    private Request asked() throws CampaignException {
        return new Request(
                quick,
                fence.wish(),
                budget == null ? 0 : budget.toSeconds(),
                shard == null ? null : Shard.parse(shard, System.getenv()),
                Versions.revision(environment.root()),
                Jdk.here().version(),
                Finale.now(),
                Finale.command(spec),
                0);
    }

    /** The options are those of the campaign that is taken up; a part of another one would be found as its own. */
    private void refuseAnother(Request request) throws CampaignException {
        if (quick || budget != null || shard != null || fence.wish() != null) {
            throw new CampaignException("--resume takes the options of the campaign that it resumes; give no others");
        }
        String revision = Versions.revision(environment.root());
        if (!request.revision().equals(revision)) {
            throw new CampaignException("that campaign is of revision " + request.revision() + " and this is "
                    + revision + "; check that out, or run ./campaign anew");
        }
        if (!request.jdk().equals(Jdk.here().version())) {
            throw new CampaignException("that campaign ran on JDK " + request.jdk() + " and this is "
                    + Jdk.here().version() + "; point JAVA_HOME at that one, or run ./campaign anew");
        }
    }

    private Map<String, Section<?>> found(
            Request request, Path directory, Checkpoint checkpoint, Map<String, Section<?>> earlier)
            throws CampaignException, IOException, InterruptedException {
        Shard mine = Objects.requireNonNullElse(request.shard(), Shard.WHOLE);
        Duration whole = request.seconds() == 0 ? null : Duration.ofSeconds(request.seconds());
        Map<String, Section<?>> found = new LinkedHashMap<>();
        for (Map.Entry<Part<?>, Duration> timed :
                Budget.of(Parts.ALL, request.quick(), whole).entrySet()) {
            Part<?> part = timed.getKey();
            if (!part.sharded() && mine.index() != 1) {
                continue;
            }
            Section<?> section = resume == null ? null : checkpoint.found(part);
            if (section == null) {
                section = part.run(new Assignment(
                                environment.root(),
                                environment.java(),
                                environment.jcstressJar(),
                                environment.benchmarksJar(),
                                directory.resolve(part.name()),
                                environment.replayer(),
                                environment.progress(),
                                request.quick(),
                                timed.getValue(),
                                mine,
                                resume != null,
                                whole == null ? null : earlier.get(part.name())))
                        .counted();
                checkpoint.done(part, section);
            }
            found.put(part.name(), section);
        }
        return found;
    }

    /** Nothing is known where there is no report, or none that this program understands. */
    private static Map<String, Section<?>> earlier(Path directory) {
        try {
            return ReportFiles.read(directory).parts();
        } catch (CampaignException e) {
            return Map.of();
        }
    }

    private int matrix() throws CampaignException, IOException, InterruptedException {
        Path directory = directory();
        List<String> arguments = new ArrayList<>();
        if (quick) {
            arguments.add("--quick");
        }
        if (fence.wish() != null) {
            arguments.addAll(List.of("--fence", fence.wish()));
        }
        if (budget != null) {
            arguments.addAll(List.of("--budget", budget.toSeconds() / jdks.size() + "s"));
        }
        if (shard != null) {
            arguments.addAll(
                    List.of("--shard", Shard.parse(shard, System.getenv()).toString()));
        }
        Request request = asked();
        return new JdkMatrix(environment, directory, arguments, resume != null)
                .run(jdks, new Finale(environment, request, directory));
    }
}

package org.jurcu.stress.campaign.stress;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jurcu.stress.campaign.model.StressResult;
import org.jurcu.stress.campaign.process.ChildProcess;
import org.jurcu.stress.campaign.process.FreshDirectory;

/** One short run of jcstress under a class path of the caller's, for whoever tries the tests on a changed library. */
public final class StressProbe {
    private static final int ITERATIONS = 3;
    private static final Duration START = Duration.ofMinutes(2);

    private StressProbe() {}

    /**
     * Runs {@code tests} with C2 alone, which reorders most, and samples each for three times {@code millis} in each
     * configuration.
     *
     * @param java the start of the command line, with the class path
     * @param forked the options of the JVMs that jcstress starts
     */
    public static List<StressResult> run(
            List<String> java, List<String> forked, List<String> tests, long millis, Path work)
            throws IOException, InterruptedException {
        Path fresh = FreshDirectory.at(work);
        List<String> command = new ArrayList<>(java);
        List<String> jvm = new ArrayList<>(forked);
        jvm.add("-XX:-TieredCompilation");
        command.addAll(List.of(
                "org.openjdk.jcstress.Main",
                "-iters",
                Integer.toString(ITERATIONS),
                "-time",
                Long.toString(millis),
                "-f",
                "1",
                "-pth",
                "false",
                "-hs",
                "128",
                "-sc",
                "false",
                "-jvmArgs",
                String.join(" ", jvm),
                "-r",
                "html",
                "-t",
                tests.stream().map(test -> test.replace(".", "\\.")).collect(Collectors.joining("|", "^(", ")$"))));
        Duration limit = START.plusMillis(10 * ITERATIONS * millis * tests.size());
        ChildProcess.run(command, fresh, fresh.resolve("log.txt"), limit, line -> {});
        Map<String, Observation> seen = JcstressResults.read(fresh);
        return tests.stream()
                .map(test -> StressJudge.judge(test, seen.get(test), 1))
                .toList();
    }
}

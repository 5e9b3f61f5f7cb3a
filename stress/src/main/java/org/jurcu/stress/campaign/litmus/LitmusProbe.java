package org.jurcu.stress.campaign.litmus;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jurcu.stress.campaign.model.LitmusResult;
import org.jurcu.stress.campaign.model.Section;
import org.jurcu.stress.campaign.process.ChildProcess;
import org.jurcu.stress.campaign.process.FreshDirectory;
import org.jurcu.stress.litmus.LitmusMain;

/** Runs some litmus patterns in a JVM whose class path the caller chooses, to see whether they show anything. */
public final class LitmusProbe {
    private LitmusProbe() {}

    /**
     * Runs what {@code regex} finds, without twins, and returns what is known of each; nothing if the JVM left no results.
     *
     * @param java the start of the command line, with the class path
     */
    public static List<LitmusResult> run(List<String> java, String regex, Duration time, Path work, Duration limit)
            throws IOException, InterruptedException {
        Path fresh = FreshDirectory.at(work);
        Path results = fresh.resolve("litmus.json");
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(
                LitmusMain.class.getName(),
                results.toString(),
                Long.toString(time.toMillis()),
                "1",
                regex,
                LitmusMain.WITHOUT_TWINS));
        ChildProcess.run(command, fresh, fresh.resolve("log.txt"), limit, line -> {});
        if (!Files.exists(results)) {
            return List.of();
        }
        Section<LitmusResult> section = new ObjectMapper().readValue(results.toFile(), new TypeReference<>() {});
        return section.results();
    }
}

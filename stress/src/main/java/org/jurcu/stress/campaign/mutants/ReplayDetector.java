package org.jurcu.stress.campaign.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jurcu.stress.campaign.CampaignMain;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.process.ChildProcess;

/**
 * The audit of a replayed recording.
 *
 * @param file the recording, from the project's root
 * @param options of {@code ./campaign replay}
 */
record ReplayDetector(String file, List<String> options) implements Detector {
    static ReplayDetector of(List<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("'replay' wants a recording and maybe options of ./campaign replay");
        }
        return new ReplayDetector(words.get(0), List.copyOf(words.subList(1, words.size())));
    }

    @Override
    public String kind() {
        return "replay";
    }

    @Override
    public String label() {
        return "replay " + file + (options.isEmpty() ? "" : " " + String.join(" ", options));
    }

    @Override
    public boolean isExclusive() {
        return false;
    }

    @Override
    public String missing(Site site) {
        return Files.exists(site.root().resolve(file)) ? "" : "there is no recording " + file + "; mend the label";
    }

    @Override
    public Sighting look(Site site, Path classes, Path work, Duration limit) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(site.java(classes, site.jar().toString()));
        command.addAll(List.of(
                "-Djurcu.root=" + site.root(),
                CampaignMain.class.getName(),
                "replay",
                site.root().resolve(file).toString()));
        command.addAll(options);
        List<String> said = new ArrayList<>();
        ChildProcess.End end = ChildProcess.run(command, site.root(), work.resolve("log.txt"), limit, said::add);
        return sighting(end, said);
    }

    static Sighting sighting(ChildProcess.End end, List<String> said) {
        if (end.timedOut()) {
            return new Sighting(Sighting.Kind.HUNG, "it did not end");
        }
        if (end.exitStatus() == Verdict.PASS.exitStatus()) {
            return Sighting.green();
        }
        if (end.exitStatus() == Verdict.VIOLATION.exitStatus()) {
            return Sighting.red(said.stream()
                    .filter(line -> line.contains("violation"))
                    .findFirst()
                    .map(String::strip)
                    .orElse("a violation"));
        }
        return Sighting.broken("./campaign replay ended with status " + end.exitStatus());
    }
}

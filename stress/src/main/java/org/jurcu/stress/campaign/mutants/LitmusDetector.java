package org.jurcu.stress.campaign.mutants;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jurcu.stress.campaign.litmus.LitmusProbe;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.litmus.LitmusSuite;

/**
 * Litmus patterns of the library on this machine; their twins are not run.
 *
 * @param regex found in PATTERN/FLAVOUR
 */
record LitmusDetector(String regex) implements Detector {
    private static final Duration FIRST = Duration.ofSeconds(2);

    static LitmusDetector of(List<String> words) {
        return new LitmusDetector(LabelRegex.of("litmus", words));
    }

    @Override
    public String kind() {
        return "litmus";
    }

    @Override
    public String label() {
        return "litmus " + regex;
    }

    /** Its threads want the processors. */
    @Override
    public boolean isExclusive() {
        return true;
    }

    @Override
    public String missing(Site site) {
        try {
            LitmusSuite.matching(regex);
            return "";
        } catch (CampaignException e) {
            return e.getMessage();
        }
    }

    @Override
    public Sighting look(Site site, Path classes, Path work, Duration limit) throws IOException, InterruptedException {
        List<String> java = site.java(classes, site.jar().toString());
        return Sampling.look(
                classes, work, FIRST, (time, run) -> LitmusProbe.run(java, regex, time, run, limit).stream()
                        .map(result -> new Sampling.Finding(result.name(), result.verdict(), result.reason()))
                        .toList());
    }
}

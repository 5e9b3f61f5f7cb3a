package org.jurcu.stress.campaign.mutants;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.process.JavaCommand;
import org.jurcu.stress.campaign.stress.StressProbe;
import org.jurcu.stress.campaign.stress.StressTests;

/**
 * Races of the library on this machine; those of its twins are not run.
 *
 * @param regex found in the names of the tests
 */
record JcstressDetector(String regex) implements Detector {
    private static final Duration FIRST = Duration.ofMillis(300); // of each configuration and iteration

    static JcstressDetector of(List<String> words) {
        return new JcstressDetector(LabelRegex.of("jcstress", words));
    }

    @Override
    public String kind() {
        return "jcstress";
    }

    @Override
    public String label() {
        return "jcstress " + regex;
    }

    /** Two actors want two processors. */
    @Override
    public boolean isExclusive() {
        return true;
    }

    @Override
    public String missing(Site site) {
        try {
            StressTests.matching(regex);
            return "";
        } catch (CampaignException e) {
            return e.getMessage();
        }
    }

    @Override
    public Sighting look(Site site, Path classes, Path work, Duration limit) throws IOException, InterruptedException {
        List<String> tests;
        try {
            tests = StressTests.matching(regex);
        } catch (CampaignException e) {
            return Sighting.broken(e.getMessage());
        }
        List<String> java = site.java(classes, site.jar().toString());
        List<String> forked = JavaCommand.forked(Site.FENCE);
        return Sampling.look(
                classes, work, FIRST, (time, run) -> StressProbe.run(java, forked, tests, time.toMillis(), run).stream()
                        .map(result -> new Sampling.Finding(result.test(), result.verdict(), result.reason()))
                        .toList());
    }
}

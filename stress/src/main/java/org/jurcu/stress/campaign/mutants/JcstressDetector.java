package org.jurcu.stress.campaign.mutants;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.StressResult;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.process.JavaCommand;
import org.jurcu.stress.campaign.stress.StressProbe;
import org.jurcu.stress.campaign.stress.StressTests;

/**
 * Races of the library on this machine; those of its twins are not run. A mutant that is not seen gets one more run, four
 * times as long.
 *
 * @param regex found in the names of the tests
 */
record JcstressDetector(String regex) implements Detector {
    private static final long FIRST_MILLIS = 300;
    private static final int ATTEMPTS = 2;
    private static final int FACTOR = 4;

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
        Sighting sighting = Sighting.broken("it did not run");
        long millis = FIRST_MILLIS;
        for (int attempt = 1; attempt <= (classes == null ? 1 : ATTEMPTS); attempt++) {
            Path run = work.resolve("run-" + attempt);
            sighting = sighting(StressProbe.run(java, JavaCommand.forked(Site.FENCE), tests, millis, run));
            if (sighting.kind() != Sighting.Kind.GREEN) {
                return sighting;
            }
            millis *= FACTOR;
        }
        return sighting;
    }

    static Sighting sighting(List<StressResult> results) {
        for (StressResult result : results) {
            if (result.verdict() == Verdict.VIOLATION) {
                return Sighting.red(result.test() + " " + result.reason());
            }
        }
        for (StressResult result : results) {
            if (result.verdict() != Verdict.PASS) {
                return Sighting.broken(result.test() + " " + result.reason());
            }
        }
        return results.isEmpty() ? Sighting.broken("no test ran") : Sighting.green();
    }
}

package org.jurcu.stress.campaign.mutants;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jurcu.stress.campaign.litmus.LitmusProbe;
import org.jurcu.stress.campaign.model.CampaignException;
import org.jurcu.stress.campaign.model.LitmusResult;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.litmus.LitmusSuite;

/**
 * Litmus patterns of the library on this machine; their twins are not run. One that is not seen gets one more run, four times as
 * long.
 *
 * @param regex found in PATTERN/FLAVOUR
 */
record LitmusDetector(String regex) implements Detector {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final int ATTEMPTS = 2;
    private static final int FACTOR = 4;

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
        Sighting sighting = Sighting.broken("it did not run");
        Duration time = FIRST;
        for (int attempt = 1; attempt <= (classes == null ? 1 : ATTEMPTS); attempt++) {
            sighting = sighting(LitmusProbe.run(java, regex, time, work.resolve("run-" + attempt), limit));
            if (sighting.kind() != Sighting.Kind.GREEN) {
                return sighting;
            }
            time = time.multipliedBy(FACTOR);
        }
        return sighting;
    }

    static Sighting sighting(List<LitmusResult> results) {
        for (LitmusResult result : results) {
            if (result.verdict() == Verdict.VIOLATION) {
                return Sighting.red(result.name() + " " + result.reason());
            }
        }
        for (LitmusResult result : results) {
            if (result.verdict() != Verdict.PASS) {
                return Sighting.broken(result.name() + " " + result.reason());
            }
        }
        return results.isEmpty() ? Sighting.broken("no pattern ran") : Sighting.green();
    }
}

package org.jurcu.stress.campaign.mutants;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jurcu.stress.campaign.model.Verdict;

/** Tests that see a mutant with luck only: a mutant that they have not seen gets one more run, four times as long. */
final class Sampling {
    private static final int ATTEMPTS = 2;
    private static final int FACTOR = 4;

    private Sampling() {}

    /** What is known of one test after a run. */
    record Finding(String test, Verdict verdict, String reason) {}

    /** A run of the tests, for so long, in a directory of its own. */
    interface Run {
        List<Finding> of(Duration time, Path work) throws IOException, InterruptedException;
    }

    /** Runs the tests, the first time for {@code first}; without a mutant, where {@code classes} is null, once. */
    static Sighting look(Path classes, Path work, Duration first, Run run) throws IOException, InterruptedException {
        Duration time = first;
        for (int attempt = 1; ; attempt++) {
            Sighting sighting = sighting(run.of(time, work.resolve("run-" + attempt)));
            if (sighting.kind() != Sighting.Kind.GREEN || classes == null || attempt == ATTEMPTS) {
                return sighting;
            }
            time = time.multipliedBy(FACTOR);
        }
    }

    /** A violation is one, whatever became of the others; without one, a test that did not run well leaves all open. */
    static Sighting sighting(List<Finding> findings) {
        for (Finding finding : findings) {
            if (finding.verdict == Verdict.VIOLATION) {
                return Sighting.red(finding.test + " " + finding.reason);
            }
        }
        for (Finding finding : findings) {
            if (finding.verdict != Verdict.PASS) {
                return Sighting.broken(finding.test + " " + finding.reason);
            }
        }
        return findings.isEmpty() ? Sighting.broken("nothing ran") : Sighting.green();
    }
}

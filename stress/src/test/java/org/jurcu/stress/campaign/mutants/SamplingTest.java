package org.jurcu.stress.campaign.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jurcu.stress.campaign.model.Verdict;
import org.jurcu.stress.campaign.mutants.Sampling.Finding;
import org.jurcu.stress.campaign.mutants.Sighting.Kind;

class SamplingTest {
    private static final Path WORK = Path.of("work");

    private final List<String> runs = new ArrayList<>();

    private static Finding finding(Verdict verdict) {
        return new Finding("A", verdict, "says so");
    }

    private static List<Finding> all(Verdict... verdicts) {
        return List.of(verdicts).stream().map(SamplingTest::finding).toList();
    }

    @Test
    void oneViolationIsEnough() {
        assertEquals(
                Sighting.red("A says so"),
                Sampling.sighting(all(Verdict.PASS, Verdict.INCONCLUSIVE, Verdict.VIOLATION)));
    }

    @Test
    void aTestThatDidNotRunSaysNothing() {
        assertEquals(Sighting.green(), Sampling.sighting(all(Verdict.PASS)));
        assertEquals(Sighting.broken("A says so"), Sampling.sighting(all(Verdict.PASS, Verdict.INCONCLUSIVE)));
        assertEquals(Kind.BROKEN, Sampling.sighting(List.of()).kind());
    }

    /** Looks at a mutant, or at none, with tests that say that in one run after the other. */
    private Kind look(Path classes, Verdict... verdicts) throws Exception {
        runs.clear();
        return Sampling.look(classes, WORK, Duration.ofMillis(300), (time, work) -> {
                    runs.add(WORK.relativize(work) + " " + time.toMillis());
                    return all(verdicts[runs.size() - 1]);
                })
                .kind();
    }

    @Test
    void whoIsNotSeenGetsALongerRun() throws Exception {
        assertEquals(Kind.RED, look(WORK, Verdict.PASS, Verdict.VIOLATION));
        assertEquals(List.of("run-1 300", "run-2 1200"), runs);
        assertEquals(Kind.GREEN, look(WORK, Verdict.PASS, Verdict.PASS));
        assertEquals(Kind.RED, look(WORK, Verdict.VIOLATION));
        assertEquals(List.of("run-1 300"), runs);
        assertEquals(Kind.BROKEN, look(WORK, Verdict.INCONCLUSIVE));
    }

    @Test
    void theLibraryItselfGetsOne() throws Exception {
        assertEquals(Kind.GREEN, look(null, Verdict.PASS));
        assertEquals(List.of("run-1 300"), runs);
    }
}

package org.jurcu.stress.campaign.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartsTest {
    /** What report.json has beside the parts; see {@code CampaignReport}. */
    private static final Set<String> TAKEN = Set.of(
            "format",
            "verdict",
            "exitStatus",
            "started",
            "finished",
            "quick",
            "command",
            "host",
            "jdk",
            "versions",
            "shard",
            "resumed",
            "merged",
            "runs");

    @Test
    void eachHasANameOfItsOwnThatAFieldOfTheReportCanHave() {
        Set<String> names = new HashSet<>(TAKEN);
        for (Part<?> part : Parts.ALL) {
            assertTrue(part.name().matches("[a-z]+"), part.name());
            assertTrue(names.add(part.name()), part.name() + " is taken");
        }
    }

    @Test
    void eachSaysInASentenceWhatAPassShows() {
        for (Part<?> part : Parts.ALL) {
            assertTrue(part.meaning().matches("[A-Z].*\\."), part.name() + ": " + part.meaning());
        }
    }

    @Test
    void theShortSelectionTakesNoLongerThanTheWhole() {
        for (Part<?> part : Parts.ALL) {
            assertFalse(part.time(true).isNegative(), part.name());
            assertTrue(part.time(true).compareTo(part.time(false)) <= 0, part.name());
        }
    }

    @Test
    void onlyMeasurementsAreNoTests() {
        assertEquals(
                "[bench]",
                Parts.ALL.stream()
                        .filter(part -> !part.isTest())
                        .map(Part::name)
                        .toList()
                        .toString());
    }
}

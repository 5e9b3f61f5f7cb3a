package org.jurcu.stress.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.jurcu.stress.campaign.part.Part;
import org.jurcu.stress.campaign.part.Parts;

class BudgetTest {
    @Test
    void theWholeIsDividedAsACampaignIs() {
        Map<Part<?>, Duration> times = Budget.of(Parts.ALL, false, Duration.ofHours(2));
        Duration sum = times.values().stream().reduce(Duration.ZERO, Duration::plus);
        assertTrue(sum.minus(Duration.ofHours(2)).abs().toSeconds() <= 1, sum.toString());
        double stress = times.get(Parts.STRESS).toMillis()
                / (double) Parts.STRESS.time(false).toMillis();
        double bench = times.get(Parts.BENCH).toMillis()
                / (double) Parts.BENCH.time(false).toMillis();
        assertEquals(stress, bench, 0.001);
    }

    @Test
    void whatIsReplayedOnceTakesNoLongerForIt() {
        Map<Part<?>, Duration> times = Budget.of(Parts.ALL, false, Duration.ofHours(2));
        times.forEach((part, time) -> assertEquals(part.takesMoreTime(), !time.equals(part.time(false)), part.name()));
    }

    @Test
    void withoutABudgetEachPartHasItsOwnTime() {
        Budget.of(Parts.ALL, true, null).forEach((part, time) -> assertEquals(part.time(true), time));
    }

    @Test
    void atTooSmallABudgetEachStillRuns() {
        Budget.of(Parts.ALL, true, Duration.ofSeconds(1))
                .forEach((part, time) -> assertTrue(time.toMillis() > 0, part.name()));
    }
}

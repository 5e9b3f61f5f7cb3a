package org.jurcu.stress.campaign.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jurcu.fence.AsymmetricFence;

class StressPlanTest {
    @Test
    void aShortTimeIsSpentOnOneSetOfOptions() {
        StressPlan plan = StressPlan.within(Duration.ofSeconds(35), 20);
        assertFalse(plan.wide());
        assertTrue(plan.sharedOptions().contains("-XX:-TieredCompilation"));
    }

    @Test
    void aLongTimeIsSpentOnAllOfThem() {
        StressPlan plan = StressPlan.within(Duration.ofHours(2), 20);
        assertTrue(plan.wide());
        assertFalse(plan.wideOptions().contains("-jvmArgs"));
    }

    @Test
    void aClassGetsAJvmOfItsOwnWhenThereIsTime() {
        assertFalse(StressPlan.within(Duration.ofSeconds(45), 113).perClass());
        assertTrue(StressPlan.within(Duration.ofSeconds(150), 142).perClass());
    }

    @Test
    void forksRunUnderTheFencesOfThisJvm() {
        String property = "-Djurcu.fence=" + AsymmetricFence.strategy();
        StressPlan plan = StressPlan.within(Duration.ofSeconds(35), 20);
        for (List<String> options : List.of(plan.sharedOptions(), plan.wideOptions())) {
            assertTrue(options.stream().anyMatch(o -> o.contains(property)), options.toString());
        }
    }

    @Test
    void moreTimeIsMoreSamplingAndMoreTestsAreLess() {
        long few = StressPlan.within(Duration.ofSeconds(150), 20).millis();
        long many = StressPlan.within(Duration.ofSeconds(150), 40).millis();
        assertTrue(StressPlan.within(Duration.ofSeconds(200), 20).millis() > few);
        assertTrue(few > many);
    }

    @Test
    void noTestIsLeftWithoutTime() {
        assertTrue(StressPlan.within(Duration.ofSeconds(1), 1000).millis() > 0);
    }

    @Test
    void aTwinsNextChanceIsLonger() {
        StressPlan plan = StressPlan.within(Duration.ofSeconds(60), 20);
        assertEquals(4 * plan.millis(), plan.longer(4).millis());
    }

    @Test
    void theLimitIsBeyondThePlan() {
        StressPlan plan = StressPlan.within(Duration.ofSeconds(150), 20);
        assertTrue(plan.limit(20).compareTo(Duration.ofSeconds(150)) > 0);
    }
}

package org.jurcu.stress.campaign.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchPlanTest {
    @ParameterizedTest
    @CsvSource({"80, 70, 1", "300, 100, 1", "720, 110, 2", "1800, 110, 5", "28800, 10, 5"})
    void moreTimeGoesIntoMoreForksFirst(int seconds, int runs, int forks) {
        BenchPlan plan = BenchPlan.within(Duration.ofSeconds(seconds), runs);
        assertEquals(forks, plan.forks());
        double whole = runs * plan.forks() * (0.8 + (plan.warmups() + plan.iterations()) * plan.millis() / 1000.0);
        assertTrue(whole <= seconds * 1.01, "the plan takes " + whole + " s");
        assertTrue(plan.millis() == 5_000 || whole >= seconds * 0.99, "the plan takes " + whole + " s only");
        assertTrue(plan.forks() == 1 || plan.millis() >= 200, "too short to be an iteration: " + plan.millis());
        assertEquals(Integer.toString(forks), plan.options().get(plan.options().indexOf("-f") + 1));
    }

    @Test
    void tooLittleTimeIsExceeded() {
        assertEquals(new BenchPlan(1, 2, 5, 30), BenchPlan.within(Duration.ofSeconds(1), 100));
    }
}

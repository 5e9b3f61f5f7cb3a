package org.jurcu.stress.campaign.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.jurcu.stress.campaign.model.TestKind;

class QuickChoiceTest {
    @Test
    void shippedTestsStandForTheirModelsAndEveryTwinStays() {
        assertEquals(
                List.of(
                        "x.A.Shipped",
                        "x.A.ShippedToo",
                        "x.A.WeakenedFirst",
                        "x.A.WeakenedSecond",
                        "x.B.Model",
                        "x.B.Weakened"),
                QuickChoice.of(List.of(
                        "x.A.Model",
                        "x.A.Shipped",
                        "x.A.ShippedToo",
                        "x.A.WeakenedFirst",
                        "x.A.WeakenedSecond",
                        "x.B.Model",
                        "x.B.Weakened")));
    }

    @Test
    void everySubjectOfThisModuleKeepsATestAndATwin() throws Exception {
        List<String> all = StressTests.matching(null);
        List<String> quick = QuickChoice.of(all);
        assertTrue(!all.isEmpty(), "the annotation processor listed no test");
        assertEquals(subjects(all, false), subjects(quick, false));
        assertEquals(twins(all), twins(quick));
        assertEquals(subjects(all, false), subjects(all, true), "a class has no weakened twin");
    }

    private static Set<String> twins(List<String> tests) {
        return tests.stream()
                .filter(test -> TestKind.of(test) == TestKind.WEAKENED)
                .collect(Collectors.toSet());
    }

    private static Set<String> subjects(List<String> tests, boolean twins) {
        return tests.stream()
                .filter(test -> (TestKind.of(test) == TestKind.WEAKENED) == twins)
                .map(test -> test.substring(0, test.lastIndexOf('.')))
                .collect(Collectors.toSet());
    }
}

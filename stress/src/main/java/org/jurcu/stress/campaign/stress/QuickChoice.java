package org.jurcu.stress.campaign.stress;

import java.util.ArrayList;
import java.util.List;
import org.jurcu.stress.campaign.model.TestKind;

/**
 * The short selection: of each class all weakened twins, and the shipped tests or, where there are none, the models. So
 * each subject is still tested, and every twin still has to be caught.
 */
public final class QuickChoice {
    private QuickChoice() {}

    /** Selects from {@code tests}, which are sorted. */
    public static List<String> of(List<String> tests) {
        List<String> chosen = new ArrayList<>();
        for (List<String> nested : StressTests.byClass(tests).values()) {
            List<String> shipped = of(nested, TestKind.SHIPPED);
            chosen.addAll(shipped.isEmpty() ? of(nested, TestKind.MODEL) : shipped);
            chosen.addAll(of(nested, TestKind.WEAKENED));
        }
        return chosen;
    }

    private static List<String> of(List<String> tests, TestKind kind) {
        return tests.stream().filter(test -> TestKind.of(test) == kind).toList();
    }
}

package org.jurcu.stress.campaign.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a stress test is for; its simple name says it. */
public enum TestKind {
    /** The algorithm alone, in a few words. */
    MODEL,
    /** The algorithm with one ordering left out: the run has to catch it. */
    WEAKENED,
    /** The class that users get. */
    SHIPPED;

    /** Tells a test's kind from the last part of its name. */
    public static TestKind of(String test) {
        String simple = test.substring(test.lastIndexOf('.') + 1);
        if (simple.contains("Weakened")) {
            return WEAKENED;
        }
        return simple.startsWith("Model") ? MODEL : SHIPPED;
    }

    /** Returns the word used in reports. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

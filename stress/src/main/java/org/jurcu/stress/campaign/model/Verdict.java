package org.jurcu.stress.campaign.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.Locale;

/** What a check may end with; silence is none of them. */
public enum Verdict {
    /** Everything expected ran, every weakened twin was caught and nothing forbidden was seen. */
    PASS(0),
    /** Something that must not happen was seen. */
    VIOLATION(1),
    /** Nothing forbidden was seen, but the run could not have shown it: a test is missing, a twin was not caught. */
    INCONCLUSIVE(3);

    private final int exitStatus;

    Verdict(int exitStatus) {
        this.exitStatus = exitStatus;
    }

    /** Returns the exit status of a process that ends with this verdict. */
    public int exitStatus() {
        return exitStatus;
    }

    /** Returns the word used in reports. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the verdict over several: a violation beats all, and over nothing there is no pass. */
    public static Verdict over(Collection<Verdict> verdicts) {
        if (verdicts.contains(VIOLATION)) {
            return VIOLATION;
        }
        return verdicts.isEmpty() || verdicts.contains(INCONCLUSIVE) ? INCONCLUSIVE : PASS;
    }
}

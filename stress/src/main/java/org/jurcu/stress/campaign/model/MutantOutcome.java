package org.jurcu.stress.campaign.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of a mutant. */
public enum MutantOutcome {
    /** Its detector noticed. */
    KILLED,
    /** Its detector did not. */
    SURVIVED,
    /** The compiler refused it. */
    NOT_BUILT,
    /** The detector complains without the mutant too, so that its complaint says nothing. */
    BLIND,
    /** The detector could not run, or ended in a way that says nothing. */
    UNDECIDED;

    /** Returns the word used in reports. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

package org.jurcu.stress.campaign.model;

import com.fasterxml.jackson.annotation.JsonValue;

/** What became of a figure. A change is no verdict: a slower figure is looked at by a person. */
public enum Change {
    /** It takes less than the noise of both runs explains. */
    FASTER("faster"),
    /** It takes more than that. */
    SLOWER("slower"),
    /** The noise of the two runs may explain the difference. */
    NOISE("within noise"),
    /** A run of so few iterations has no error, so nothing can be said. */
    UNKNOWN("noise unknown");

    private final String words;

    Change(String words) {
        this.words = words;
    }

    /** Returns it as a person reads it. */
    @JsonValue
    public String words() {
        return words;
    }
}

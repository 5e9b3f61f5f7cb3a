package org.jurcu.stress.litmus;

import java.util.Locale;

/** What the model says of an outcome, in the words of the kernel's litmus tests. */
public enum Expectation {
    /** It is forbidden. */
    NEVER,
    /** It is allowed, and so it must be seen, or the test does not meet the window that it is about. */
    SOMETIMES;

    /** Returns the word used in texts and reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package org.jurcu.stress.campaign.stress;

import java.util.Locale;
import org.openjdk.jcstress.annotations.Expect;

/** jcstress' expectations as reports call them. */
final class Expectation {
    static final String INTERESTING = "interesting";
    static final String FORBIDDEN = "forbidden";
    /** An outcome that the test's author did not foresee; jcstress fails such a test, and so do we. */
    static final String UNKNOWN = "unknown";

    private Expectation() {}

    static String word(Expect expect) {
        return expect == Expect.ACCEPTABLE_INTERESTING
                ? INTERESTING
                : expect.name().toLowerCase(Locale.ROOT);
    }
}

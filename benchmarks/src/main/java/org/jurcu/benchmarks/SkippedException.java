package org.jurcu.benchmarks;

import java.io.Serial;

/**
 * Thrown by a set-up that this JVM cannot satisfy: the benchmark has no figure here, and the message says why. The campaign
 * knows this class by name, and tells a benchmark that was skipped from one that failed.
 */
public final class SkippedException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1L;

    private SkippedException(String reason) {
        super(reason);
    }

    /** Throws unless the JDK has this feature version. */
    public static void unlessJdk(int feature, String what) {
        int here = Runtime.version().feature();
        if (here < feature) {
            throw new SkippedException(what + " needs JDK " + feature + " or later; this is " + here + ".");
        }
    }
}

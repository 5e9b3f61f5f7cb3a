package org.jurcu.refcount;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;

/** The default: one line with a stack trace for each site and kind, the kernel's WARN_ONCE. */
final class WarnOnceHandler implements RefcountWarningHandler {
    static final int SITE_LIMIT = 1024;

    private static final String SITES_FULL =
            "refcount_t: more than " + SITE_LIMIT + " sites have warned; further ones are"
                    + " only counted and recorded by JFR until RefcountWarnings.clearWarnOnce()";
    private static final StackWalker WALKER = StackWalker.getInstance();

    private final WarnedSites sites = new WarnedSites(SITE_LIMIT);

    void forgetSites() {
        sites.clear();
    }

    @Override
    public void onWarning(RefcountWarning warning, Object counter, int oldValue) {
        switch (sites.remember(callingSite(warning))) {
            case FIRST -> logger().log(Level.WARNING, line(warning, counter, oldValue), callersTrace());
            case FULL -> logger().log(Level.WARNING, SITES_FULL);
            case KNOWN, IGNORED -> {}
        }
    }

    /** Asked for late: a logger of the program's may itself use counters, while this package is being initialised. */
    private static Logger logger() {
        return System.getLogger("org.jurcu.refcount");
    }

    /** Does not call the counter's toString, which is foreign code and may touch the counter. */
    private static String line(RefcountWarning warning, Object counter, int oldValue) {
        return warning.text() + " [" + warning + ", " + was(warning, oldValue) + ", "
                + counter.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(counter)) + "]";
    }

    /** An Rcuref's word is no count: its zone shows in its upper digits. */
    private static String was(RefcountWarning warning, int oldValue) {
        return switch (warning) {
            case RCUREF_SATURATED, RCUREF_IMBALANCED_PUT -> "word was 0x" + Integer.toHexString(oldValue);
            default -> "count was " + Integer.toUnsignedString(oldValue);
        };
    }

    private static Site callingSite(RefcountWarning warning) {
        return WALKER.walk(frames -> frames.dropWhile(f -> isOurs(f.getClassName()))
                .findFirst()
                .map(f ->
                        new Site(f.getClassName(), f.getMethodName(), f.getLineNumber(), f.getByteCodeIndex(), warning))
                .orElseGet(() -> new Site("", "", -1, -1, warning)));
    }

    /** The trace begins at the operation that warned: of the frames of this package only the outermost is kept. */
    private static Throwable callersTrace() {
        Throwable trace = new Throwable("called here");
        StackTraceElement[] frames = trace.getStackTrace();
        int first = 0;
        while (first + 1 < frames.length && isOurs(frames[first + 1].getClassName())) {
            first++;
        }
        trace.setStackTrace(Arrays.copyOfRange(frames, Math.min(first, frames.length), frames.length));
        return trace;
    }

    private static boolean isOurs(String className) {
        String own = WarnOnceHandler.class.getPackageName();
        return className.startsWith(own) && className.lastIndexOf('.') == own.length();
    }
}

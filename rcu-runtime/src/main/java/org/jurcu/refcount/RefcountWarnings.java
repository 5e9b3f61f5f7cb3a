package org.jurcu.refcount;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where the misuse of counters is reported, for the whole process: the second half of {@code refcount_warn_saturate}.
 *
 * <p>Every report is counted, recorded as the JFR event {@code jurcu.RefcountWarning}, and handed to the handler. The
 * default handler logs it to the {@link System.Logger} {@code org.jurcu.refcount}, with a stack trace, once for each site and
 * kind. A site is the bytecode that called into this package; 1024 are remembered, and a last line says when that is
 * used up.
 *
 * <p>Usage:
 *
 * <pre>{@code
 * import org.jurcu.refcount.Refcount;
 * import org.jurcu.refcount.RefcountWarning;
 * import org.jurcu.refcount.RefcountWarningHandler;
 * import org.jurcu.refcount.RefcountWarnings;
 *
 * public class Audit {
 *     public static void main(String[] args) {
 *         RefcountWarningHandler previous = RefcountWarnings.setHandler(
 *                 (warning, counter, oldValue) -> System.out.println(warning + " at " + oldValue));
 *         new Refcount(0).decAndTest();
 *         RefcountWarnings.setHandler(previous);
 *         System.out.println(RefcountWarnings.count(RefcountWarning.SUB_UAF));
 *     }
 * }
 * }</pre>
 *
 * <p>Memory effects: actions before {@code setHandler} happen-before the calls of that handler. Counts are exact when the
 * reporting threads have been joined.
 *
 * <p>Progress: counting is lock-free; the rest is as quick as the handler. The default handler takes a lock for a site that
 * it has not seen, and then whatever the logger takes.
 *
 * <p>Units: reports. Exceptions: a handler's exception passes through {@link #report}, after counting and recording.
 * Mirrors {@code lib/refcount.c} and {@code lib/rcuref.c}; {@link #clearWarnOnce} mirrors debugfs {@code clear_warn_once}.
 */
public final class RefcountWarnings {
    private static final Map<RefcountWarning, LongAdder> COUNTS = aCounterForEachKind();

    /** Set while the thread is in a handler: a handler that misuses counters must not be called without end. */
    private static final ThreadLocal<Boolean> HANDLING = new ThreadLocal<>();

    /** A runtime image may lack the module; a program on the class path must then still get its warnings. */
    private static final boolean HAS_JFR =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private static final WarnOnceHandler DEFAULT = new WarnOnceHandler();

    private static volatile RefcountWarningHandler handler = DEFAULT;

    private RefcountWarnings() {}

    /** {@return the handler in force} */
    public static RefcountWarningHandler handler() {
        return handler;
    }

    /**
     * Installs a handler for the whole process.
     *
     * @param next the handler
     * @return the handler it replaces
     * @throws NullPointerException if {@code next} is null
     */
    public static synchronized RefcountWarningHandler setHandler(RefcountWarningHandler next) {
        Objects.requireNonNull(next, "setHandler needs a handler; use restoreDefaultHandler to go back to logging");
        RefcountWarningHandler previous = handler;
        handler = next;
        return previous;
    }

    /** Goes back to logging once a site. */
    public static void restoreDefaultHandler() {
        setHandler(DEFAULT);
    }

    /** Makes the default handler forget its sites, so that each logs once more. */
    public static void clearWarnOnce() {
        DEFAULT.forgetSites();
    }

    /**
     * Counts reports.
     *
     * @param warning the kind
     * @return how many of this kind there have been since the start of the process
     */
    public static long count(RefcountWarning warning) {
        return COUNTS.get(warning).sum();
    }

    /**
     * Reports a misuse. For those who keep a {@code refcount_t} in a word of their own; to be called after the repair has
     * been stored, since the handler may throw.
     *
     * @param warning what happened
     * @param counter the object that holds the count
     * @param oldValue the count, as the operation found it
     * @throws NullPointerException if {@code warning} or {@code counter} is null
     */
    public static void report(RefcountWarning warning, Object counter, int oldValue) {
        Objects.requireNonNull(counter, "report needs the object that holds the count");
        COUNTS.get(warning).increment();
        if (HAS_JFR) {
            RefcountWarningEvent.record(warning, counter, oldValue);
        }
        if (HANDLING.get() != null) {
            return;
        }
        HANDLING.set(Boolean.TRUE);
        try {
            handler.onWarning(warning, counter, oldValue);
        } finally {
            HANDLING.remove();
        }
    }

    private static Map<RefcountWarning, LongAdder> aCounterForEachKind() {
        Map<RefcountWarning, LongAdder> counts = new EnumMap<>(RefcountWarning.class);
        for (RefcountWarning warning : RefcountWarning.values()) {
            counts.put(warning, new LongAdder());
        }
        return counts;
    }
}

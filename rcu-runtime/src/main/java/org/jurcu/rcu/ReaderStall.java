package org.jurcu.rcu;

import java.time.Duration;
import java.util.List;

/**
 * A report of a grace period that readers hold up for longer than the domain's stall timeout.
 *
 * <p>Without a handler each report is logged as one warning to the {@link System.Logger} {@code org.jurcu.rcu}. A
 * handler gets them instead; this test fails at the first:
 *
 * <pre>{@code
 * AtomicReference<ReaderStall> stalled = new AtomicReference<>();
 * try (Rcu rcu = Rcu.builder("pages")
 *         .stallTimeout(Duration.ofSeconds(3))
 *         .onStall(stall -> stalled.compareAndSet(null, stall))
 *         .build()) {
 *     runTheTest(rcu);
 *     assertNull(stalled.get(), () -> stalled.get().toString());
 * }
 * }</pre>
 *
 * <p>The first report comes when the period is as old as the timeout, the next ones after three timeouts and three
 * seconds each, and a last one when the period has ended. A stall is noticed by whoever waits for the grace period: if
 * nobody waits, a section may last as long as it likes.
 *
 * <p>Immutable; it refers to no thread, no reader and no domain, so that it may be kept. Counterpart: the kernel's RCU CPU
 * stall warnings (kernel/rcu/tree_stall.h).
 *
 * @param domain the domain's name
 * @param flavour the class of the domain, such as {@code Rcu}
 * @param gracePeriod the number of the grace period; the first of a domain is 1
 * @param age how old the period is, or was at its end
 * @param report how often this stall has been reported, this report included
 * @param ended whether the period has ended. If {@code report} is 1, it ended before it could be reported: the holdouts
 *     are then those of the leader's last look
 * @param callbacksQueued callbacks of the domain that have not run, some of which may wait for this period
 * @param leaderGap the longest time for which the thread that waits for the readers did not come to look at them. Usually
 *     about a millisecond; if it is long, that thread itself got no processor
 * @param holdouts the threads whose sections are waited for, at most 32
 * @param moreHoldouts how many more such threads there are
 * @param unnamedSections how many sections are waited for whose threads nobody knows, in a flavour that only counts them
 */
public record ReaderStall(
        String domain,
        String flavour,
        long gracePeriod,
        Duration age,
        int report,
        boolean ended,
        long callbacksQueued,
        Duration leaderGap,
        List<Holdout> holdouts,
        long moreHoldouts,
        long unnamedSections) {
    /** From here on the kernel calls its grace-period thread starved. */
    private static final Duration STARVED = Duration.ofSeconds(2);

    private static final int FRAMES_PRINTED = 32;

    /** Copies the list. */
    public ReaderStall {
        holdouts = List.copyOf(holdouts);
    }

    /** Returns whether the thread that waits for the readers got no processor for two seconds or more. */
    public boolean leaderStarved() {
        return leaderGap.compareTo(STARVED) >= 0;
    }

    /** Returns the report as text of several lines, as it is logged. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(256);
        text.append("Grace period ").append(gracePeriod);
        text.append(" of ").append(flavour).append(" domain \"").append(domain).append("\" ");
        if (!ended) {
            text.append("is stalled by readers for ").append(seconds(age));
        } else if (report == 1) {
            text.append("was stalled by readers for ")
                    .append(seconds(age))
                    .append("; the stall ended before its report");
        } else {
            text.append("is over after a stall of ").append(seconds(age));
        }
        text.append(" (report ").append(report);
        text.append(", ").append(callbacksQueued).append(" callbacks queued");
        text.append(", longest gap between two looks ")
                .append(seconds(leaderGap))
                .append(").");
        if (leaderStarved()) {
            text.append("\n  The thread that waits for the readers was starved itself: the machine has too little")
                    .append(" processor time for its threads, or was suspended.");
        }
        if (!ended || report == 1) {
            appendHoldouts(text);
        }
        return text.toString();
    }

    private void appendHoldouts(StringBuilder text) {
        for (Holdout holdout : holdouts) {
            text.append("\n  ").append(holdout);
        }
        if (moreHoldouts > 0) {
            text.append("\n  and ").append(moreHoldouts).append(" more threads");
        }
        if (unnamedSections > 0) {
            text.append("\n  ").append(unnamedSections).append(" sections of threads that are not known");
        }
    }

    private static String seconds(Duration duration) {
        long millis = duration.toMillis();
        return millis / 1000 + "." + String.valueOf(1000 + millis % 1000).substring(1) + " s";
    }

    /**
     * A thread whose section is waited for.
     *
     * @param threadName its name
     * @param threadId its id, or 0 if the thread is gone
     * @param state what it was doing
     * @param nesting how deep its sections were nested; a thread of flavour Qsbr is a holdout without being in a section
     * @param leastAge how long ago its section began, at least
     * @param largestAge how long ago its section began, at most. The two differ since a reader does not look at the
     *     clock: it began between two grace periods. In strict mode they are equal
     * @param stackTrace where the thread was when the report was made; empty if the period has ended or the thread is gone
     * @param entryTrace where the section began, in strict mode; otherwise empty
     */
    public record Holdout(
            String threadName,
            long threadId,
            Thread.State state,
            int nesting,
            Duration leastAge,
            Duration largestAge,
            List<StackTraceElement> stackTrace,
            List<StackTraceElement> entryTrace) {
        /** Copies the lists. */
        public Holdout {
            stackTrace = List.copyOf(stackTrace);
            entryTrace = List.copyOf(entryTrace);
        }

        Holdout withoutTrace() {
            return new Holdout(threadName, threadId, state, nesting, leastAge, largestAge, List.of(), entryTrace);
        }

        /** Returns the holdout as text of several lines. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(256);
            text.append("thread \"").append(threadName).append("\" (id ").append(threadId);
            text.append(", ").append(state);
            text.append(", nesting ").append(nesting);
            text.append(", inside for ").append(seconds(leastAge));
            if (!largestAge.equals(leastAge)) {
                text.append(" to ").append(seconds(largestAge));
            }
            text.append(")");
            append(text, stackTrace);
            if (!entryTrace.isEmpty()) {
                text.append("\n   its section began");
                append(text, entryTrace);
            }
            return text.toString();
        }

        private static void append(StringBuilder text, List<StackTraceElement> trace) {
            for (StackTraceElement frame : trace.subList(0, Math.min(trace.size(), FRAMES_PRINTED))) {
                text.append("\n    at ").append(frame);
            }
            if (trace.size() > FRAMES_PRINTED) {
                text.append("\n    ... ").append(trace.size() - FRAMES_PRINTED).append(" more");
            }
        }
    }
}

package org.jurcu.rcu;

import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A report of a stall, as JFR records it: an event for each thread that is waited for, since events hold no lists. */
@Name("jurcu.ReaderStall")
@Label("Reader Stall")
@Description(
        "A thread that a late grace period waits for; one event a thread and report, or one for sections of unknown"
                + " threads")
@Category({"Jurcu", "RCU"})
@StackTrace(false) // it would be the watchdog's
final class ReaderStallEvent extends Event {
    @Label("Domain")
    String domain;

    @Label("Flavour")
    String flavour;

    @Label("Grace Period")
    @Description("Number of the grace period")
    long gracePeriod;

    @Label("Age")
    @Description("Age of the grace period")
    @Timespan(Timespan.NANOSECONDS)
    long age;

    @Label("Report")
    @Description("How often this stall has been reported, this report included")
    int report;

    @Label("Ended")
    @Description("Whether the grace period has ended")
    boolean ended;

    @Label("Callbacks Queued")
    long callbacksQueued;

    @Label("Leader Gap")
    @Description("Longest time for which the thread that waits did not come to look at the readers")
    @Timespan(Timespan.NANOSECONDS)
    long leaderGap;

    @Label("Holdouts")
    @Description("Readers that are waited for: threads, and sections of unknown threads")
    long holdouts;

    @Label("Thread")
    @Description("Name of a thread that is waited for")
    String thread;

    @Label("Thread ID")
    long threadId;

    @Label("Thread State")
    String threadState;

    @Label("Nesting")
    @Description("How deep its sections are nested")
    int nesting;

    @Label("Section Age")
    @Description("How long ago its section began, at least")
    @Timespan(Timespan.NANOSECONDS)
    long sectionAge;

    @Label("Stack")
    @Description("Where it was, the innermost method first")
    String stack;

    static void record(ReaderStall stall) {
        if (!new ReaderStallEvent().isEnabled()) {
            return;
        }
        if (stall.holdouts().isEmpty() || (stall.ended() && stall.report() > 1)) {
            of(stall).commit();
            return;
        }
        for (ReaderStall.Holdout holdout : stall.holdouts()) {
            ReaderStallEvent event = of(stall);
            event.thread = holdout.threadName();
            event.threadId = holdout.threadId();
            event.threadState = holdout.state().name();
            event.nesting = holdout.nesting();
            event.sectionAge = holdout.leastAge().toNanos();
            event.stack = lines(holdout.stackTrace());
            event.commit();
        }
    }

    private static ReaderStallEvent of(ReaderStall stall) {
        ReaderStallEvent event = new ReaderStallEvent();
        event.domain = stall.domain();
        event.flavour = stall.flavour();
        event.gracePeriod = stall.gracePeriod();
        event.age = stall.age().toNanos();
        event.report = stall.report();
        event.ended = stall.ended();
        event.callbacksQueued = stall.callbacksQueued();
        event.leaderGap = stall.leaderGap().toNanos();
        event.holdouts = stall.holdouts().size() + stall.moreHoldouts() + stall.unnamedSections();
        return event;
    }

    private static String lines(List<StackTraceElement> trace) {
        return trace.stream().map(StackTraceElement::toString).collect(Collectors.joining("\n"));
    }
}

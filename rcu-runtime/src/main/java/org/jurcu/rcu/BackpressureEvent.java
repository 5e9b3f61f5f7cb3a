package org.jurcu.rcu;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A caller of {@code call} met the limit of its domain's backlog; the event's thread and stack are the caller's. */
@Name("jurcu.Backpressure")
@Label("Back-Pressure")
@Description("A caller queued callbacks faster than they could be run, and its domain's policy acted")
@Category({"Jurcu", "RCU"})
@StackTrace
final class BackpressureEvent extends Event {
    /** Only to ask whether it is enabled: a new one each time would be garbage. */
    private static final BackpressureEvent PROBE = new BackpressureEvent();

    @Label("Domain")
    String domain;

    @Label("Policy")
    String policy;

    @Label("Backlog")
    @Description("Callbacks that were queued and had not run")
    long backlog;

    @Label("Backlog Age")
    @Description("Estimated age of the oldest of them")
    @Timespan(Timespan.NANOSECONDS)
    long age;

    static void record(String domain, String policy, long backlog, long ageNanos) {
        if (!PROBE.isEnabled()) {
            return;
        }
        BackpressureEvent event = new BackpressureEvent();
        if (event.shouldCommit()) {
            event.domain = domain;
            event.policy = policy;
            event.backlog = backlog;
            event.age = ageNanos;
            event.commit();
        }
    }
}

package org.jurcu.rcu;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A grace period. The event's thread is the one that led it at its end. */
@Name("jurcu.GracePeriod")
@Label("Grace Period")
@Description("From the new epoch until every section of the past has ended")
@Category({"Jurcu", "RCU"})
@StackTrace(false)
@Threshold("20 ms") // a busy domain has a hundred thousand a second
final class GracePeriodEvent extends Event {
    /** Only to ask whether it is enabled: a new one each time would be garbage. */
    private static final GracePeriodEvent PROBE = new GracePeriodEvent();

    @Label("Domain")
    String domain;

    @Label("Flavour")
    String flavour;

    @Label("Number")
    long number;

    @Label("Holdouts")
    @Description(
            "Readers that were inside when the leader stopped spinning: threads, and sections that are only counted")
    long holdouts;

    @Label("Expedited")
    @Description("Whether somebody wanted it expedited at its end")
    boolean expedited;

    static boolean isWanted() {
        return PROBE.isEnabled();
    }

    void commitIfLong() {
        end(); // or else its duration is 0 to the next line
        if (shouldCommit()) {
            commit();
        }
    }
}

package org.jurcu.rcu;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;

/** A batch of callbacks, from its closing until the last of it has run, on the domain's thread. */
@Name("jurcu.CallbackBatch")
@Label("Callback Batch")
@Description("Callbacks that waited for the same grace period, from then until the last has run")
@Category({"Jurcu", "RCU"})
@StackTrace(false)
@Threshold("20 ms") // as for grace periods
final class CallbackBatchEvent extends Event {
    /** Only to ask whether it is enabled: a new one each time would be garbage. */
    private static final CallbackBatchEvent PROBE = new CallbackBatchEvent();

    @Label("Domain")
    String domain;

    @Label("Size")
    @Description("Callbacks that ran")
    long size;

    @Label("Wait Time")
    @Description("Time for which the batch waited for its grace period")
    @Timespan(Timespan.NANOSECONDS)
    long waitTime;

    @Label("Run Time")
    @Description("Time that its callbacks took")
    @Timespan(Timespan.NANOSECONDS)
    long runTime;

    private transient long mark;

    /** Returns an event that begins now, or null if no recording wants it. */
    static CallbackBatchEvent beginIfEnabled() {
        if (!PROBE.isEnabled()) {
            return null;
        }
        CallbackBatchEvent event = new CallbackBatchEvent();
        event.mark = System.nanoTime();
        event.begin();
        return event;
    }

    /** The grace period has ended. */
    void waited() {
        long now = System.nanoTime();
        waitTime = now - mark;
        mark = now;
    }

    void commitIfLong(String name, long ran) {
        end(); // or else its duration is 0 to the next line
        if (shouldCommit()) {
            domain = name;
            size = ran;
            runTime = System.nanoTime() - mark;
            commit();
        }
    }
}

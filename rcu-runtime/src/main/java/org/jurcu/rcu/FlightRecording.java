package org.jurcu.rcu;

/**
 * The way to the JFR events. A runtime image may lack the module {@code jdk.jfr}, and a program on the class path must
 * work all the same: the classes of the events are not even loaded then.
 */
final class FlightRecording {
    private static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private FlightRecording() {}

    /**
     * Returns the event of a period that begins now, or null if no recording wants it. {@code used}, or null, is a former
     * one to be used again: the shortest recording asks for these, and there are a hundred thousand a second.
     */
    static GracePeriodEvent beginGracePeriod(GracePeriodEvent used) {
        if (!AVAILABLE || !GracePeriodEvent.isWanted()) {
            return null;
        }
        GracePeriodEvent event = used == null ? new GracePeriodEvent() : used;
        event.begin();
        return event;
    }

    /** Returns the event of a batch that is closed now, or null if no recording wants it. */
    static CallbackBatchEvent beginBatch() {
        return AVAILABLE ? CallbackBatchEvent.beginIfEnabled() : null;
    }

    /** Records a report of a stall. */
    static void readerStall(ReaderStall stall) {
        if (AVAILABLE) {
            ReaderStallEvent.record(stall);
        }
    }

    /** Records that the calling thread met the limit of a backlog, and what was done about it. */
    static void backpressure(String domain, String policy, long backlog, long ageNanos) {
        if (AVAILABLE) {
            BackpressureEvent.record(domain, policy, backlog, ageNanos);
        }
    }
}

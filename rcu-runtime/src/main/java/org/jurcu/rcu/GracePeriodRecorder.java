package org.jurcu.rcu;

/** Makes the JFR events of a domain's grace periods. Owned by the leader; does nothing while no recording wants them. */
final class GracePeriodRecorder {
    private final String domain;
    private final String flavour;
    private GracePeriodEvent event;

    GracePeriodRecorder(String domain, String flavour) {
        this.domain = domain;
        this.flavour = flavour;
    }

    /** A period is about to begin. */
    void begin() {
        event = FlightRecording.beginGracePeriod();
    }

    /** The leader has looked at the readers for the first time. */
    void scanned(Readers readers) {
        if (event != null) {
            HoldoutList holdouts = new HoldoutList();
            readers.listHoldouts(holdouts);
            event.holdouts = holdouts.total();
        }
    }

    /** The period has ended. */
    void end(long number, boolean expedited) {
        GracePeriodEvent ended = event;
        if (ended != null) {
            event = null;
            ended.domain = domain;
            ended.flavour = flavour;
            ended.number = number;
            ended.expedited = expedited;
            ended.commitIfLong();
        }
    }
}

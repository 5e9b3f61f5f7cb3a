package org.jurcu.rcu;

/** Makes the JFR events of a domain's grace periods. Owned by the leader; does nothing while no recording wants them. */
final class GracePeriodRecorder {
    private final String domain;
    private final String flavour;
    private GracePeriodEvent spare;
    private GracePeriodEvent event;
    private boolean counted;

    GracePeriodRecorder(String domain, String flavour) {
        this.domain = domain;
        this.flavour = flavour;
    }

    /** A period is about to begin. */
    void begin() {
        event = FlightRecording.beginGracePeriod(spare);
        counted = false;
    }

    /** The leader spins no more, and readers still hold the period up. */
    void waits(Readers readers) {
        if (event != null && !counted) {
            counted = true;
            event.holdouts = readers.countHoldouts();
        }
    }

    /** The period has ended. */
    void end(long number, boolean expedited) {
        GracePeriodEvent ended = event;
        if (ended != null) {
            event = null;
            spare = ended;
            ended.domain = domain;
            ended.flavour = flavour;
            ended.number = number;
            ended.expedited = expedited;
            if (!counted) {
                ended.holdouts = 0;
            }
            ended.commitIfLong();
        }
    }
}

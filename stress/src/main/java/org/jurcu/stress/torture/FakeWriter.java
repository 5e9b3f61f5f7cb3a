package org.jurcu.stress.torture;

import java.time.Duration;

/** Has grace periods elapse without anything to show for it, beside the writers. */
final class FakeWriter extends Participant {
    private static final int RING = 8;

    private final UpdateSide updates;
    private final Evidence evidence;
    private final Choices choices;
    private final long[] cookies = new long[RING];
    private final boolean[] seenTrue = new boolean[RING];
    private int taken;

    FakeWriter(Torture torture, int number, Choices choices) {
        super(torture, "fake-writer-" + number);
        this.choices = choices;
        updates = torture.subject().updates();
        evidence = torture.evidence();
    }

    @Override
    void turn() {
        switch (choices.below(6)) {
            case 0 -> updates.synchronize();
            case 1 -> updates.synchronizeExpedited();
            case 2 -> updates.synchronize(Duration.ofNanos(choices.below(100_000)));
            case 3 -> updates.condSynchronize(take(updates.getState()));
            case 4 -> take(updates.startPoll());
            default -> take(updates.getState());
        }
        check();
        Pauses.park(1000L * choices.below(1000));
    }

    private long take(long cookie) {
        int at = taken++ % RING;
        cookies[at] = cookie;
        seenTrue[at] = false;
        return cookie;
    }

    /** Of two cookies the earlier one is true no later, and what was true stays so. */
    private void check() {
        int count = Math.min(taken, RING);
        boolean laterIsTrue = false;
        for (int i = 1; i <= count; i++) { // from the latest to the earliest
            int at = (taken - i) % RING;
            boolean now = updates.pollState(cookies[at]);
            if ((laterIsTrue || seenTrue[at]) && !now) {
                evidence.add(
                        Detector.COOKIE, "cookie " + cookies[at] + " is not true, though it was or a later one is");
            }
            seenTrue[at] |= now;
            laterIsTrue |= now;
        }
    }
}

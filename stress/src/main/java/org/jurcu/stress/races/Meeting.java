package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;

/**
 * Brings the two actors of one sample together before they race.
 *
 * <p>jcstress lets each actor walk through its samples at its own pace. When one actor costs ten times the other, as a
 * grace period beside a reader does, the two meet in the first sample of a stride and never again, and the test says
 * nothing. The second to arrive goes on at once and the first follows a cache miss later, which is within the window
 * of every race here. Whatever order the meeting adds lies before both actors' accesses and none between them.
 */
abstract class Meeting {
    private static final VarHandle ARRIVED = Handles.of(Meeting.class, "arrived", int.class);
    private static final int SPINS = 1_000;
    private static final int YIELDS = 1_000;

    @SuppressWarnings("unused") // through ARRIVED
    private int arrived;

    /** Waits for the other actor; gives up after about a millisecond, since the other may have lost its CPU. */
    @SuppressWarnings("ThreadPriorityCheck") // the other actor, or a reclaimer, may need this CPU
    final void meet() {
        ARRIVED.getAndAdd(this, 1);
        for (int i = 0; i < SPINS; i++) {
            if ((int) ARRIVED.getOpaque(this) == 2) {
                return;
            }
            Thread.onSpinWait();
        }
        for (int i = 0; i < YIELDS; i++) {
            if ((int) ARRIVED.getOpaque(this) == 2) {
                return;
            }
            Thread.yield();
        }
    }
}

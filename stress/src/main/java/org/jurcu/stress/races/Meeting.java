package org.jurcu.stress.races;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Brings the two actors of one sample together before they race.
 *
 * <p>jcstress lets each actor walk through its samples at its own pace. When one actor costs ten times the other, as a
 * grace period beside a reader does, the two meet in the first sample of a stride and never again, and the test says
 * nothing. Here the first to arrive waits; then each pauses for a random moment, so that every alignment of the two comes
 * up. Whatever order the meeting adds lies before both actors' accesses and none between them.
 *
 * <p>Each actor leaves the meeting with a store in flight to a line that the other has just written. Stores retire in
 * order on x86, so the actor's own first store waits behind that cache miss while its loads run ahead: the reordering
 * that a missing fence permits becomes likely instead of rare. A fence drains the miss first and loses nothing by it.
 */
abstract class Meeting {
    private static final VarHandle ARRIVED = Handles.of(Meeting.class, "arrived", int.class);
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

    private static final int SPINS = 1_000;
    private static final int YIELDS = 1_000;
    private static final int JITTER = 32;

    /** Two lines that all samples share, each 256 bytes from everything else. */
    private static final long[] CONTENDED = new long[128];

    private static final int LINE_OF_FIRST = 32;
    private static final int LINE_OF_SECOND = 64;

    @SuppressWarnings("unused") // through ARRIVED
    private int arrived;

    final void meet() {
        boolean first = (int) ARRIVED.getAndAdd(this, 1) == 0;
        ELEMENT.setOpaque(CONTENDED, first ? LINE_OF_FIRST : LINE_OF_SECOND, 1L);
        if (first) {
            awaitSecond();
        }
        pause();
        ELEMENT.setOpaque(CONTENDED, first ? LINE_OF_SECOND : LINE_OF_FIRST, 1L);
    }

    /** Lasts for a random moment, from nothing to about as long as a store can wait in a store buffer. */
    static void pause() {
        for (int i = ThreadLocalRandom.current().nextInt(JITTER); i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    /** Gives up after about a millisecond, since the other actor may have lost its CPU. */
    @SuppressWarnings("ThreadPriorityCheck") // the other actor, or a reclaimer, may need this CPU
    private void awaitSecond() {
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

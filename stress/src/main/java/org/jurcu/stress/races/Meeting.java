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
 * <p>Each actor leaves the meeting with stores in flight to lines that its caches do not hold. Stores retire in order
 * on x86, so the actor's own first store waits behind that miss while its loads run ahead: the reordering that a missing
 * fence permits becomes likely instead of rare. A fence waits for the miss and loses nothing by it. The size of the
 * array carries this: with a contended line in its place the twins of {@link ReaderUpdaterDekker} were caught in one
 * sample of a thousand, with 16 MB in one of seven to twenty.
 */
abstract class Meeting {
    private static final VarHandle ARRIVED = Handles.of(Meeting.class, "arrived", int.class);
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

    private static final int SPINS = 1_000;
    private static final int YIELDS = 1_000;
    private static final int JITTER = 32;
    private static final int STORES = 8;
    private static final int STRIDE = 65_537;

    /** 16 MB, which is more than a core's own caches hold: stores to random lines of it take long. */
    private static final long[] COLD = new long[1 << 21];

    @SuppressWarnings("unused") // through ARRIVED
    private int arrived;

    final void meet() {
        if ((int) ARRIVED.getAndAdd(this, 1) == 0) {
            awaitSecond();
        }
        pause();
        leaveStoresInFlight();
    }

    /** The next stores of this thread wait behind these; the next loads do not. */
    static void leaveStoresInFlight() {
        int random = ThreadLocalRandom.current().nextInt();
        for (int i = 0; i < STORES; i++) {
            ELEMENT.setOpaque(COLD, (random + i * STRIDE) & (COLD.length - 1), 1L);
        }
    }

    /** Lasts for a random moment, from nothing to about as long as a store can wait in a store buffer. */
    static void pause() {
        for (int i = ThreadLocalRandom.current().nextInt(JITTER); i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    /** Lasts for none to {@code most} such moments. */
    static void pauseLong(int most) {
        for (int i = ThreadLocalRandom.current().nextInt(most); i > 0; i--) {
            pause();
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

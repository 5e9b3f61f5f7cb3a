package org.jurcu.rcu;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How a leader waits for readers, who never wake it: first it spins, then it yields, then it parks for short times.
 *
 * <p>On one CPU spinning only keeps the reader from running, so that rung is left out. An expedited wait spins longer and never parks.
 * A hurried one parks for the shortest time, but only so many times: a reader that sleeps must not cost a processor.
 *
 * <p>Parking needs a clear interrupt flag; {@link #takeInterrupt} tells whether it was set.
 */
final class WaitLadder {
    enum Rung {
        SPIN,
        YIELD,
        PARK
    }

    static final int SPINS = 128;
    static final int EXPEDITED_SPINS = 4096;
    static final int YIELDS = 32;
    static final long FIRST_PARK_NANOS = 10_000;
    static final long LAST_PARK_NANOS = 1_000_000;
    /** Of the shortest park; with the time that a park itself takes, it is a tenth of a second. */
    static final int HURRIED_PARKS = 1_000;

    private final boolean mayEverSpin;
    private int round;
    private long parkNanos = FIRST_PARK_NANOS;
    private int hurriedParks;
    private boolean interrupted;

    WaitLadder(int processors) {
        mayEverSpin = processors > 1;
    }

    void reset() {
        round = 0;
        parkNanos = FIRST_PARK_NANOS;
        hurriedParks = 0;
    }

    Rung next(boolean expedited) {
        int spins = mayEverSpin ? (expedited ? EXPEDITED_SPINS : SPINS) : 0;
        if (round < spins) {
            round++;
            return Rung.SPIN;
        }
        if (expedited) {
            return Rung.YIELD;
        }
        if (round < spins + YIELDS) {
            round++;
            return Rung.YIELD;
        }
        return Rung.PARK;
    }

    /** Returns how long to park; whether it is in a hurry is asked only then. */
    long nextPark(BooleanSupplier hurried) {
        if (hurriedParks < HURRIED_PARKS && hurried.getAsBoolean()) {
            hurriedParks++;
            return FIRST_PARK_NANOS;
        }
        long nanos = parkNanos;
        parkNanos = Math.min(nanos * 2, LAST_PARK_NANOS);
        return nanos;
    }

    @SuppressWarnings("ThreadPriorityCheck") // yielding is a rung: it gives a preempted reader this processor
    Rung pause(boolean expedited, BooleanSupplier hurried, long remainingNanos) {
        Rung rung = next(expedited);
        switch (rung) {
            case SPIN -> Thread.onSpinWait();
            case YIELD -> Thread.yield();
            case PARK -> {
                interrupted |= Thread.interrupted();
                LockSupport.parkNanos(this, Math.min(nextPark(hurried), remainingNanos));
            }
        }
        return rung;
    }

    /** Returns whether pausing has cleared the interrupt flag since the last call; the caller sets it again. */
    boolean takeInterrupt() {
        boolean taken = interrupted;
        interrupted = false;
        return taken;
    }
}

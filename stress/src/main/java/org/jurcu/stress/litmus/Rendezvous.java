package org.jurcu.stress.litmus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Where the threads of a crew wait for each other; what each did before it came is seen by all behind it. */
final class Rendezvous {
    /** Thrown at whoever waits for a thread that will not come. */
    static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1;

        Abandoned() {
            super(null, null, false, false);
        }
    }

    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int LINES = 16; // longs
    private static final int SPINS = 1_000;

    private final long[] arrivals;
    private final int parties;
    private final int spins;
    private volatile boolean abandoned;

    Rendezvous(int parties, boolean multiplexed) {
        this.parties = parties;
        spins = multiplexed ? 0 : SPINS;
        arrivals = new long[(parties + 1) * LINES];
    }

    /** Waits for all. */
    void meet(int who) {
        long mine = (long) COUNT.get(arrivals, (who + 1) * LINES) + 1;
        COUNT.setRelease(arrivals, (who + 1) * LINES, mine);
        for (int other = 0; other < parties; other++) {
            if (other != who) {
                await(other, mine);
            }
        }
    }

    /** Sends away whoever waits, or will. */
    void abandon() {
        abandoned = true;
    }

    @SuppressWarnings("ThreadPriorityCheck") // whoever is missing may need this processor
    private void await(int other, long count) {
        for (int i = 0; (long) COUNT.getAcquire(arrivals, (other + 1) * LINES) < count; i++) {
            if (i < spins) {
                Thread.onSpinWait();
            } else if (abandoned) {
                throw new Abandoned();
            } else {
                Thread.yield();
            }
        }
    }
}

package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jurcu.rcu.WaitLadder.Rung;

class WaitLadderTest {
    private static List<Rung> climb(int processors, boolean expedited, int steps) {
        WaitLadder ladder = new WaitLadder(processors);
        List<Rung> rungs = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            rungs.add(ladder.next(expedited));
        }
        return rungs;
    }

    @Test
    void itSpinsThenYieldsThenParks() {
        List<Rung> expected = new ArrayList<>(Collections.nCopies(WaitLadder.SPINS, Rung.SPIN));
        expected.addAll(Collections.nCopies(WaitLadder.YIELDS, Rung.YIELD));
        expected.addAll(Collections.nCopies(10, Rung.PARK));
        assertEquals(expected, climb(2, false, expected.size()));
    }

    @Test
    void onOneProcessorItNeverSpins() {
        assertFalse(climb(1, false, 1_000).contains(Rung.SPIN));
        assertFalse(climb(1, true, 1_000).contains(Rung.SPIN));
    }

    @Test
    void expeditedNeverParks() {
        List<Rung> rungs = climb(2, true, WaitLadder.EXPEDITED_SPINS + 100);
        assertEquals(WaitLadder.EXPEDITED_SPINS, Collections.frequency(rungs, Rung.SPIN));
        assertEquals(0, Collections.frequency(rungs, Rung.PARK));
    }

    @Test
    void aHurriedWaitParksShortlyButNotForEver() {
        WaitLadder ladder = new WaitLadder(2);
        assertEquals(WaitLadder.FIRST_PARK_NANOS, ladder.nextPark(() -> false));
        assertEquals(2 * WaitLadder.FIRST_PARK_NANOS, ladder.nextPark(() -> false));
        for (int i = 0; i < WaitLadder.HURRIED_PARKS; i++) {
            assertEquals(WaitLadder.FIRST_PARK_NANOS, ladder.nextPark(() -> true));
        }
        assertEquals(4 * WaitLadder.FIRST_PARK_NANOS, ladder.nextPark(() -> true));
        ladder.reset();
        assertEquals(WaitLadder.FIRST_PARK_NANOS, ladder.nextPark(() -> true));
        for (int i = 0; i < 20; i++) {
            assertTrue(ladder.nextPark(() -> false) <= WaitLadder.LAST_PARK_NANOS);
        }
    }

    @Test
    void resetStartsFromTheFirstRung() {
        WaitLadder ladder = new WaitLadder(2);
        while (ladder.next(false) != Rung.PARK) {
            // climb
        }
        ladder.reset();
        assertEquals(Rung.SPIN, ladder.next(false));
    }

    @Test
    void parkingClearsTheInterruptAndTellsOnce() {
        WaitLadder ladder = new WaitLadder(1);
        while (ladder.next(false) != Rung.PARK) {
            // climb
        }
        Thread.currentThread().interrupt();
        ladder.pause(false, () -> false, 1);
        assertFalse(Thread.currentThread().isInterrupted());
        assertTrue(ladder.takeInterrupt());
        assertFalse(ladder.takeInterrupt());
    }
}

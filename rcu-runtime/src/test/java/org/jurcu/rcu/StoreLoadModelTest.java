package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jurcu.model.ReorderingMachine;
import org.jurcu.model.ReorderingMachine.Mode;
import org.jurcu.model.ReorderingMachine.Program;

/** The places beside the grace period itself where each of two threads stores one word and then looks at the other's. */
class StoreLoadModelTest {
    private static final int INDEX = 0; // of a queue; or what the driver is asked for
    private static final int STATE = 1;
    private static final int FOLLOWERS = 2;
    private static final int LEADING = 3;
    private static final int HURRIED = 4;
    private static final int X = 5;
    private static final int Y = 6;
    private static final int SEQUENCE = 7;
    private static final int CELLS = 8;

    private static final int PARKED = 1;

    enum Twin {
        CLAIM_NOT_VOLATILE,
        PARKED_NOT_VOLATILE,
        ENTRY_NOT_VOLATILE,
        LEADERSHIP_GIVEN_BACK_BY_RELEASE,
        HURRY_NOT_CLEARED_IN_VOLATILE_MODE,
        HURRY_CLEARED_BEHIND_THE_LOOK,
        NO_FULL_FENCE_BEHIND_A_WAIT_OR_A_POLL
    }

    private Twin twin;

    private Mode volatileBut(Twin weakened) {
        return twin == weakened ? Mode.RELEASE : Mode.VOLATILE;
    }

    /** A thread brings work and finds the domain's thread running; that one finds no work, and sleeps. */
    private boolean workSleepsOn() {
        ReorderingMachine machine = new ReorderingMachine(new int[CELLS]);
        Program caller = machine.thread();
        caller.update(INDEX, (registers, old) -> old + 1, volatileBut(Twin.CLAIM_NOT_VOLATILE));
        int state = caller.load(STATE, Mode.VOLATILE);
        Program thread = machine.thread();
        thread.store(STATE, PARKED, volatileBut(Twin.PARKED_NOT_VOLATILE));
        int index = thread.load(INDEX, Mode.VOLATILE);
        return machine.explore(registers -> registers[state] != PARKED && registers[index] == 0)
                .violation();
    }

    /** A follower finds a leader, and sleeps; that one finds no follower, and goes. */
    private boolean nobodyLeads() {
        int[] cells = new int[CELLS];
        cells[LEADING] = 1;
        ReorderingMachine machine = new ReorderingMachine(cells);
        Program follower = machine.thread();
        follower.store(FOLLOWERS, 1, volatileBut(Twin.ENTRY_NOT_VOLATILE));
        int leading = follower.load(LEADING, Mode.VOLATILE); // what the compare-and-set finds that fails
        Program leader = machine.thread();
        leader.store(LEADING, 0, volatileBut(Twin.LEADERSHIP_GIVEN_BACK_BY_RELEASE));
        int followers = leader.load(FOLLOWERS, Mode.VOLATILE);
        return machine.explore(registers -> registers[leading] == 1 && registers[followers] == 0)
                .violation();
    }

    /** A producer finds the hurry of before and leaves it at that; the reclaimer ends it without the producer's callback. */
    private boolean hurryIsLost() {
        int[] cells = new int[CELLS];
        cells[HURRIED] = 1;
        ReorderingMachine machine = new ReorderingMachine(cells);
        Program producer = machine.thread();
        producer.update(INDEX, 1);
        int hurried = producer.load(HURRIED, Mode.VOLATILE);
        Program reclaimer = machine.thread();
        boolean late = twin == Twin.HURRY_CLEARED_BEHIND_THE_LOOK;
        int before = late ? reclaimer.load(INDEX, Mode.VOLATILE) : -1;
        reclaimer.store(HURRIED, 0, volatileBut(Twin.HURRY_NOT_CLEARED_IN_VOLATILE_MODE));
        int index = late ? before : reclaimer.load(INDEX, Mode.VOLATILE);
        return machine.explore(registers -> registers[hurried] == 1 && registers[index] == 0)
                .violation();
    }

    /** A caller of pollState or condSynchronize that finds its cookie done loads the sequence and no more. */
    private static int storeWaitAndLoad(Program caller, int mine, int other, int own, boolean fence) {
        caller.store(mine, 1, Mode.PLAIN);
        caller.load(SEQUENCE, Mode.VOLATILE);
        if (fence) {
            caller.update(own, 0); // as strong as a full fence on this machine
        }
        return caller.load(other, Mode.PLAIN);
    }

    private boolean bothMissTheOther() {
        ReorderingMachine machine = new ReorderingMachine(new int[CELLS + 2]);
        boolean fence = twin != Twin.NO_FULL_FENCE_BEHIND_A_WAIT_OR_A_POLL;
        int y = storeWaitAndLoad(machine.thread(), X, Y, CELLS, fence);
        int x = storeWaitAndLoad(machine.thread(), Y, X, CELLS + 1, fence);
        return machine.explore(registers -> registers[x] == 0 && registers[y] == 0)
                .violation();
    }

    private boolean somethingIsLost() {
        return workSleepsOn() || nobodyLeads() || hurryIsLost() || bothMissTheOther();
    }

    @Test
    void nothingIsLost() {
        assertFalse(somethingIsLost());
    }

    @ParameterizedTest
    @EnumSource
    void eachOrderIsNeeded(Twin weakened) {
        twin = weakened;
        assertTrue(somethingIsLost());
    }
}

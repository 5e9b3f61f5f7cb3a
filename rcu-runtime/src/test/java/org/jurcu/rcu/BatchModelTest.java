package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jurcu.model.ReorderingMachine;
import org.jurcu.model.ReorderingMachine.Mode;
import org.jurcu.model.ReorderingMachine.Program;

/** K1 to K6 of docs/grace-period.md, section 8: a callback's way from its caller to the batch, and to a barrier. */
class BatchModelTest {
    private static final int UNLINKED = 0;
    private static final int INDEX = 1;
    private static final int ELEMENT = 2;
    private static final int EFFECT = 3;
    private static final int INVOKED = 4;
    private static final int CELLS = 5;

    enum Twin {
        CLAIM_NOT_RELEASE, // K1
        INDEX_NOT_ACQUIRED, // K2
        PERIOD_BEFORE_THE_INDEXES, // K2, K3
        ELEMENT_NOT_RELEASE, // K1
        ELEMENT_NOT_ACQUIRED, // K4
        COUNT_NOT_RELEASE, // K5
        COUNT_NOT_ACQUIRED // K6
    }

    private Twin twin;

    private Mode unless(Twin weakened, Mode mode) {
        return twin == weakened ? Mode.PLAIN : mode;
    }

    /** Whether the batch has a callback while the period that it waits for begins ahead of the unlinking. */
    private boolean thePeriodIsTooOld() {
        ReorderingMachine machine = new ReorderingMachine(new int[CELLS]);
        Program updater = machine.thread();
        updater.store(UNLINKED, 1, Mode.PLAIN); // U1
        updater.update(INDEX, (registers, old) -> old + 1, unless(Twin.CLAIM_NOT_RELEASE, Mode.VOLATILE)); // K1
        Program reclaimer = machine.thread();
        boolean early = twin == Twin.PERIOD_BEFORE_THE_INDEXES;
        int knownBefore = early ? reclaimer.load(UNLINKED, Mode.PLAIN) : -1;
        int index = reclaimer.load(INDEX, unless(Twin.INDEX_NOT_ACQUIRED, Mode.VOLATILE)); // K2
        int known = early ? knownBefore : reclaimer.load(UNLINKED, Mode.PLAIN); // K3: what the period finds unlinked
        return machine.explore(registers -> registers[index] == 1 && registers[known] == 0)
                .violation();
    }

    /** Whether a callback runs without what its caller did before. */
    private boolean theCallIsNotSeen() {
        ReorderingMachine machine = new ReorderingMachine(new int[CELLS]);
        Program caller = machine.thread();
        caller.store(EFFECT, 1, Mode.PLAIN);
        caller.store(ELEMENT, 1, unless(Twin.ELEMENT_NOT_RELEASE, Mode.RELEASE)); // K1
        Program reclaimer = machine.thread();
        reclaimer.await(
                ELEMENT, unless(Twin.ELEMENT_NOT_ACQUIRED, Mode.ACQUIRE), (registers, value) -> value == 1); // K4
        int effect = reclaimer.load(EFFECT, Mode.PLAIN);
        return machine.explore(registers -> registers[effect] == 0).violation();
    }

    /** Whether a barrier returns, and its caller does not see what the callback did. */
    private boolean theCallbackIsNotSeen() {
        ReorderingMachine machine = new ReorderingMachine(new int[CELLS]);
        Program reclaimer = machine.thread();
        reclaimer.store(EFFECT, 1, Mode.PLAIN); // K4
        reclaimer.store(INVOKED, 1, unless(Twin.COUNT_NOT_RELEASE, Mode.RELEASE)); // K5
        Program barrier = machine.thread();
        barrier.await(INVOKED, unless(Twin.COUNT_NOT_ACQUIRED, Mode.VOLATILE), (registers, value) -> value == 1); // K6
        int effect = barrier.load(EFFECT, Mode.PLAIN);
        return machine.explore(registers -> registers[effect] == 0).violation();
    }

    private boolean somethingIsWrong() {
        return thePeriodIsTooOld() || theCallIsNotSeen() || theCallbackIsNotSeen();
    }

    @Test
    void callbacksComeAfterTheirPeriodAndBeforeTheirBarrier() {
        assertFalse(somethingIsWrong());
    }

    @ParameterizedTest
    @EnumSource
    void eachOrderIsNeeded(Twin weakened) {
        twin = weakened;
        assertTrue(somethingIsWrong());
    }
}

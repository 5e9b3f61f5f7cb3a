package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jurcu.model.CompiledModes;
import org.jurcu.model.ReorderingMachine;
import org.jurcu.model.ReorderingMachine.Mode;
import org.jurcu.model.ReorderingMachine.Program;

/**
 * The orders of docs/slot.md, §4, on a machine that reorders whatever the access modes allow. The modes are those of the
 * compiled class, so that one that is weakened there is found here, on whatever hardware this runs.
 */
class SlotOrderTest {
    private static final int WORD = 0;
    private static final int DATA = 1;

    private static final CompiledModes SLOT = CompiledModes.of(RcuUsersSlot.class);

    /** A user writes and puts; the final put's caller reads. Whether it may miss the write. */
    private static boolean finalPutMisses(Mode put) {
        ReorderingMachine machine = new ReorderingMachine(2, 0);
        Program user = machine.thread();
        user.store(DATA, 1, Mode.PLAIN);
        user.update(WORD, (registers, old) -> old - 1, put);
        Program last = machine.thread();
        int old = last.update(WORD, (registers, word) -> word - 1, put);
        int seen = last.load(DATA, Mode.PLAIN);
        return machine.explore(registers -> registers[old] == 1 && registers[seen] == 0)
                .violation();
    }

    /** A task is made and shared through its count; who takes a user of it reads. Whether it may miss the making. */
    private static boolean getterMisses(Mode init, Mode increment) {
        ReorderingMachine machine = new ReorderingMachine(0, 0);
        Program maker = machine.thread();
        maker.store(DATA, 1, Mode.PLAIN);
        maker.store(WORD, 2, init);
        Program getter = machine.thread();
        int old = getter.update(WORD, (registers, word) -> word == 0 ? 0 : word + 1, increment);
        int seen = getter.load(DATA, Mode.PLAIN);
        return machine.explore(registers -> registers[old] != 0 && registers[seen] == 0)
                .violation();
    }

    @Test
    void theFinalPutSeesWhatEveryUserDid() {
        assertFalse(finalPutMisses(SLOT.handle("put", "getAndAdd")));
    }

    @Test
    void whoTakesAUserSeesTheTask() {
        assertFalse(getterMisses(SLOT.handle("init", "set"), SLOT.handle("incNotZero", "compareAndExchange")));
    }

    /** The release of an earlier put is gone in one, the acquire of the final one in the other. */
    @ParameterizedTest
    @EnumSource(names = {"ACQUIRE", "RELEASE", "PLAIN"})
    void aWeakerPutMisses(Mode put) {
        assertTrue(finalPutMisses(put));
    }

    @Test
    void aWeakerInitOrIncrementMisses() {
        assertTrue(getterMisses(Mode.PLAIN, Mode.ACQUIRE));
        assertTrue(getterMisses(Mode.RELEASE, Mode.PLAIN));
    }
}

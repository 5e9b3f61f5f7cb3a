package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jurcu.model.ReorderingMachine;
import org.jurcu.model.ReorderingMachine.Mode;
import org.jurcu.model.ReorderingMachine.Program;

/** The kernel's locks on a machine that keeps neither stores nor loads in order: docs/synchronization.md §8, A, B and C. */
class LockModelTest {
    private static final int STATE = 0;
    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final int CELLS = 3;
    private static final int WRITER = -1;

    enum Twin {
        WRITE_UNLOCK_NOT_RELEASE,
        WRITE_LOCK_NOT_ACQUIRE,
        READ_LOCK_NOT_ACQUIRE,
        READ_UNLOCK_NOT_RELEASE
    }

    private Twin twin;

    private Mode unless(Twin weakened, Mode mode) {
        return twin == weakened ? Mode.PLAIN : mode;
    }

    /** Takes the write side if it is free, and returns the register that holds what it found. */
    private int writeLock(Program program) {
        return program.update(
                STATE,
                (registers, state) -> state == 0 ? WRITER : state,
                unless(Twin.WRITE_LOCK_NOT_ACQUIRE, Mode.ACQUIRE)); // B
    }

    private void writeUnlock(Program program, int found) {
        program.store(
                STATE,
                (registers, state) -> registers[found] == 0 ? 0 : state,
                unless(Twin.WRITE_UNLOCK_NOT_RELEASE, Mode.RELEASE), // A
                found);
    }

    private static void write(Program program, int found) {
        for (int variable : new int[] {FIRST, SECOND}) {
            program.store(variable, (registers, old) -> registers[found] == 0 ? old + 1 : old, Mode.PLAIN, found);
        }
    }

    /** Whether a reader sees one of a writer's two stores. */
    private boolean aReaderMeetsAWriter() {
        ReorderingMachine machine = new ReorderingMachine(new int[CELLS]);
        Program writer = machine.thread();
        int taken = writeLock(writer);
        write(writer, taken);
        writeUnlock(writer, taken);
        Program reader = machine.thread();
        int found = reader.update(
                STATE,
                (registers, state) -> state >= 0 ? state + 1 : state,
                unless(Twin.READ_LOCK_NOT_ACQUIRE, Mode.ACQUIRE)); // B
        int first = reader.load(FIRST, Mode.PLAIN);
        int second = reader.load(SECOND, Mode.PLAIN);
        reader.update(
                STATE,
                (registers, state) -> registers[found] >= 0 ? state - 1 : state,
                unless(Twin.READ_UNLOCK_NOT_RELEASE, Mode.VOLATILE)); // C
        return machine.explore(registers -> registers[found] >= 0 && registers[first] != registers[second])
                .violation();
    }

    /** Whether the second of two writers, each of which adds one, does not see the first. */
    private boolean aWriterMissesAnother() {
        ReorderingMachine machine = new ReorderingMachine(new int[CELLS]);
        int[] found = new int[2];
        int[] seen = new int[2];
        for (int i = 0; i < 2; i++) {
            Program writer = machine.thread();
            found[i] = writeLock(writer);
            seen[i] = writer.load(FIRST, Mode.PLAIN);
            int sum = seen[i];
            int taken = found[i];
            writer.store(
                    FIRST,
                    (registers, old) -> registers[taken] == 0 ? registers[sum] + 1 : old,
                    Mode.PLAIN,
                    taken,
                    sum);
            writeUnlock(writer, taken);
        }
        return machine.explore(registers -> registers[found[0]] == 0
                        && registers[found[1]] == 0
                        && registers[seen[0]] == registers[seen[1]])
                .violation();
    }

    private boolean somethingGoesWrong() {
        return aReaderMeetsAWriter() || aWriterMissesAnother();
    }

    @Test
    void bothSidesKeepTheirPromise() {
        assertFalse(somethingGoesWrong());
    }

    @ParameterizedTest
    @EnumSource
    void withoutOneOfTheOrdersTheyDoNot(Twin weakened) {
        twin = weakened;
        assertTrue(somethingGoesWrong());
    }
}

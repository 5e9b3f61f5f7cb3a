package org.jurcu.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jurcu.model.ReorderingMachine.Mode;
import org.jurcu.model.ReorderingMachine.Program;

/**
 * Where a release meets an acquire: pointers, links and counts. x86 keeps stores in order, and loads too, so that no twin
 * of these fails there; the machine here keeps neither.
 */
class PublicationModelTest {
    private static final int CONTENTS = 0;
    private static final int LINK = 1;
    private static final int FRONT_LINK = 2;
    private static final int LOCK = 3;
    private static final int COUNT = 4;
    private static final int CELLS = 5;

    enum Twin {
        PUBLISHED_WITHOUT_RELEASE,
        MET_WITHOUT_ACQUIRE,
        DELETED_WITHOUT_RELEASE,
        PUT_WITHOUT_RELEASE,
        LAST_PUT_WITHOUT_ACQUIRE,
        DEAD_WITHOUT_ACQUIRE,
        REVIVED_WITHOUT_RELEASE,
        INCREMENTED_WITHOUT_ACQUIRE
    }

    private Twin twin;

    private Mode unless(Twin weakened, Mode mode) {
        return twin == weakened ? Mode.PLAIN : mode;
    }

    /** Whether a reader meets an object and not its contents. */
    private boolean contentsAreMissed() {
        ReorderingMachine machine = new ReorderingMachine(new int[CELLS]);
        Program updater = machine.thread();
        updater.store(CONTENTS, 1, Mode.PLAIN);
        updater.store(LINK, 1, unless(Twin.PUBLISHED_WITHOUT_RELEASE, Mode.RELEASE));
        Program reader = machine.thread();
        int link = reader.load(LINK, unless(Twin.MET_WITHOUT_ACQUIRE, Mode.ACQUIRE));
        int contents = reader.load(CONTENTS, Mode.PLAIN);
        return machine.explore(registers -> registers[link] == 1 && registers[contents] == 0)
                .violation();
    }

    /**
     * One thread adds a node and then deletes the one in front of it; a reader meets the node by the link that the deletion
     * stored. With {@code lock} the thread gives a lock back and takes it again in between.
     */
    private boolean contentsAreMissedBehindADeletion(boolean lock) {
        ReorderingMachine machine = new ReorderingMachine(new int[CELLS]);
        Program updater = machine.thread();
        updater.store(CONTENTS, 1, Mode.PLAIN);
        updater.store(LINK, 1, Mode.RELEASE); // L2
        if (lock) {
            updater.store(LOCK, 0, Mode.VOLATILE);
            updater.update(LOCK, 1);
        }
        updater.store(FRONT_LINK, 1, unless(Twin.DELETED_WITHOUT_RELEASE, Mode.RELEASE)); // L3
        Program reader = machine.thread();
        int link = reader.load(FRONT_LINK, Mode.ACQUIRE);
        int contents = reader.load(CONTENTS, Mode.PLAIN);
        return machine.explore(registers -> registers[link] == 1 && registers[contents] == 0)
                .violation();
    }

    /** Whether the last of two owners destroys the object ahead of the other's last write to it. */
    private boolean lastPutMissesAnother() {
        int[] cells = new int[CELLS];
        cells[COUNT] = 2;
        ReorderingMachine machine = new ReorderingMachine(cells);
        Program one = machine.thread();
        one.store(CONTENTS, 1, Mode.PLAIN);
        one.update(COUNT, (registers, old) -> old - 1, unless(Twin.PUT_WITHOUT_RELEASE, Mode.VOLATILE));
        Program last = machine.thread();
        int old = last.update(
                COUNT,
                (registers, count) -> count - 1,
                twin == Twin.LAST_PUT_WITHOUT_ACQUIRE ? Mode.RELEASE : Mode.VOLATILE);
        int contents = last.load(CONTENTS, Mode.PLAIN);
        return machine.explore(registers -> registers[old] == 1 && registers[contents] == 0)
                .violation();
    }

    /**
     * Whether a put that is told true by its P2 destroys the object ahead of the last write of a user who revived it after
     * its P1, and put it again. The word is the references less one; {@code DEAD} stands below NOREF.
     */
    private boolean deadMissesARevival() {
        int noref = -1;
        int dead = -9;
        ReorderingMachine machine = new ReorderingMachine(new int[CELLS]); // one reference
        Program put = machine.thread();
        put.update(COUNT, (registers, old) -> old - 1, Mode.VOLATILE); // P1
        int settled = put.update(
                COUNT,
                (registers, old) -> old == noref ? dead : old,
                twin == Twin.DEAD_WITHOUT_ACQUIRE ? Mode.RELEASE : Mode.VOLATILE); // P2
        int contents = put.load(CONTENTS, Mode.PLAIN);
        Program user = machine.thread();
        int got = user.update(COUNT, (registers, old) -> old + 1, Mode.VOLATILE); // G1
        user.store(CONTENTS, 1, Mode.PLAIN);
        user.update(COUNT, (registers, old) -> old - 1, Mode.VOLATILE); // P1
        return machine.explore(
                        registers -> registers[got] >= noref && registers[settled] == noref && registers[contents] == 0)
                .violation();
    }

    /** Whether a reader takes a reference to an object that begins anew, and still finds what it was before. */
    private boolean theFormerLifeIsFound() {
        ReorderingMachine machine = new ReorderingMachine(new int[CELLS]);
        Program owner = machine.thread();
        owner.store(CONTENTS, 1, Mode.PLAIN);
        owner.store(COUNT, 1, unless(Twin.REVIVED_WITHOUT_RELEASE, Mode.RELEASE));
        Program reader = machine.thread();
        int count = reader.update(
                COUNT,
                (registers, old) -> old == 0 ? 0 : old + 1,
                unless(Twin.INCREMENTED_WITHOUT_ACQUIRE, Mode.ACQUIRE));
        int contents = reader.load(CONTENTS, Mode.PLAIN);
        return machine.explore(registers -> registers[count] == 1 && registers[contents] == 0)
                .violation();
    }

    private boolean somethingIsMissed() {
        return contentsAreMissed()
                || contentsAreMissedBehindADeletion(false)
                || lastPutMissesAnother()
                || deadMissesARevival()
                || theFormerLifeIsFound();
    }

    @Test
    void nothingIsMissed() {
        assertFalse(somethingIsMissed());
    }

    @ParameterizedTest
    @EnumSource
    void eachOrderIsNeeded(Twin weakened) {
        twin = weakened;
        assertTrue(somethingIsMissed());
    }

    /** On a machine on which a store reaches all others at once. The proof does not rest on such a machine. */
    @Test
    void aLockBetweenTwoUpdatesStandsInForTheReleaseOfADeletion() {
        twin = Twin.DELETED_WITHOUT_RELEASE;
        assertFalse(contentsAreMissedBehindADeletion(true));
    }
}

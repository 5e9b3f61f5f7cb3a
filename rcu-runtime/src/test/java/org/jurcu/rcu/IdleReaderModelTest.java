package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jurcu.model.ReorderingMachine;
import org.jurcu.model.ReorderingMachine.Findings;
import org.jurcu.model.ReorderingMachine.Mode;
import org.jurcu.model.ReorderingMachine.Program;

/**
 * The striking off of idle readers, docs/grace-period.md section 14, on the machine of {@link HandshakeModelTest}: a section
 * that found itself listed, against a leader that lets its reader doze, strikes it off in the next period, and waits in the
 * one behind that for whom it still has on its list.
 */
class IdleReaderModelTest {
    private static final int X = 0;
    private static final int Y = 1;
    private static final int DATA = 2;
    private static final int EPOCH = 3;
    private static final int ANNOUNCED = 4;
    private static final int LISTING = 5;

    /** What can be taken away. */
    enum Twin {
        NONE,
        LOOKS_AT_THE_LISTING_FIRST,
        DOES_NOT_LOOK_AT_THE_LISTING,
        STRUCK_OFF_AT_THE_FIRST_LOOK,
        // Of the asymmetric strategy only.
        SECOND_LOOK_BEFORE_THE_FENCE
    }

    private static Findings explore(Twin twin, boolean asymmetric) {
        ReorderingMachine machine = new ReorderingMachine(0, 0, 0, 1, 0, 0);

        Program reader = machine.thread();
        int e = reader.load(EPOCH, Mode.VOLATILE); // R1
        int early = twin == Twin.LOOKS_AT_THE_LISTING_FIRST ? reader.load(LISTING, Mode.VOLATILE) : -1;
        reader.store(ANNOUNCED, (r, old) -> r[e], asymmetric ? Mode.RELEASE : Mode.VOLATILE, e); // R2
        if (!asymmetric) {
            reader.load(EPOCH, Mode.VOLATILE); // R3
        }
        int listing = early >= 0 ? early : reader.load(LISTING, Mode.VOLATILE); // R3a
        int x = reader.load(X, Mode.PLAIN);
        int y = reader.load(Y, Mode.PLAIN);
        reader.store(DATA, 1, Mode.PLAIN);
        reader.store(ANNOUNCED, 0, Mode.RELEASE); // R5

        Program leader = machine.thread();
        int first = leader.load(ANNOUNCED, Mode.VOLATILE);
        leader.store(LISTING, (r, old) -> r[first] == 0 ? 1 : 0, Mode.VOLATILE, first); // U6a
        int early2 = twin == Twin.SECOND_LOOK_BEFORE_THE_FENCE ? leader.load(ANNOUNCED, Mode.VOLATILE) : -1;
        leader.update(EPOCH, 1); // U4
        heavyFence(asymmetric, leader, reader); // U5
        int second = early2 >= 0 ? early2 : leader.load(ANNOUNCED, Mode.VOLATILE); // U6b
        leader.store(X, 1, Mode.PLAIN); // U1
        leader.update(EPOCH, 1); // U4
        heavyFence(asymmetric, leader, reader); // U5
        leader.await(
                ANNOUNCED,
                Mode.VOLATILE,
                (r, announced) -> (r[first] == 0 && (r[second] == 0 || twin == Twin.STRUCK_OFF_AT_THE_FIRST_LOOK))
                        || announced == 0
                        || announced >= 3,
                first,
                second); // U7
        leader.store(Y, 1, Mode.PLAIN);
        int data = leader.load(DATA, Mode.PLAIN);
        boolean checks = twin != Twin.DOES_NOT_LOOK_AT_THE_LISTING;
        return machine.explore(r -> (r[listing] == 0 || !checks) && r[x] == 0 && (r[y] == 1 || r[data] == 0));
    }

    private static void heavyFence(boolean asymmetric, Program leader, Program reader) {
        if (asymmetric) {
            leader.heavyFence(reader);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noSectionIsPassedOver(boolean asymmetric) {
        Findings findings = explore(Twin.NONE, asymmetric);
        assertFalse(findings.violation());
        assertTrue(findings.ends() > 10, "too few executions to say anything: " + findings);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.MATCH_NONE,
            names = {"NONE", "SECOND_LOOK_.*"})
    void eachOfTheseIsNeeded(Twin twin) {
        assertTrue(explore(twin, false).violation());
        assertTrue(explore(twin, true).violation());
    }

    /** Two volatile accesses a side are enough for the strategy full; the code has one place for both. */
    @Test
    void theAsymmetricStrategyNeedsTheFenceBetweenTheLooks() {
        assertTrue(explore(Twin.SECOND_LOOK_BEFORE_THE_FENCE, true).violation());
        assertFalse(explore(Twin.SECOND_LOOK_BEFORE_THE_FENCE, false).violation());
    }
}

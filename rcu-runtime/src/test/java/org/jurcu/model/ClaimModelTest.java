package org.jurcu.model;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.jurcu.model.Interleavings.load;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jurcu.model.Interleavings.Step;

/** Where one word decides between threads: each compare-and-set, and the same as a look and a store. */
class ClaimModelTest {
    private static final int WORD = 0;
    private static final int BEFORE = 0; // register: what was found
    private static final int COUNTED = 1; // register: whose counters a virtual reader counts on

    private static final int WAITING = 0;
    private static final int ELECTED = 1;
    private static final int GONE = 2;

    private static final int RUNNING = 0;
    private static final int PARKED = 1;
    private static final int NONE = 2;

    enum Twin {
        CLAIMED_IN_TWO_STEPS,
        COUNTERS_PUBLISHED_IN_TWO_STEPS,
        ELECTED_IN_TWO_STEPS,
        LEFT_IN_TWO_STEPS,
        THREAD_ENDS_IN_TWO_STEPS,
        CALLED_IN_TWO_STEPS
    }

    private Twin twin;

    /** Stores {@code value} if the word is {@code expected}: in one step, unless the twin is {@code weakened}. */
    private List<Step> cas(Twin weakened, long expected, long value) {
        if (twin == weakened) {
            return List.of(load(BEFORE, WORD), (shared, own, at) -> {
                if (own[BEFORE] == expected) {
                    shared[WORD] = value;
                }
                return at + 1;
            });
        }
        return List.of((shared, own, at) -> {
            own[BEFORE] = shared[WORD];
            if (own[BEFORE] == expected) {
                shared[WORD] = value;
            }
            return at + 1;
        });
    }

    /** A lock, leadership, a node, a closing: two want it. */
    private String bothHaveIt() {
        Interleavings model = new Interleavings(0);
        model.add(1, cas(Twin.CLAIMED_IN_TWO_STEPS, 0, 1));
        model.add(1, cas(Twin.CLAIMED_IN_TWO_STEPS, 0, 2));
        return model.explore((shared, found) -> found[0] == 0 && found[1] == 0).complaint();
    }

    /** Two virtual readers are the first; each counts on the counters that it then finds. */
    private String oneCountsWhereNobodyLooks() {
        Interleavings model = new Interleavings(0);
        for (int reader = 1; reader <= 2; reader++) {
            List<Step> steps = new ArrayList<>(cas(Twin.COUNTERS_PUBLISHED_IN_TWO_STEPS, 0, reader));
            steps.add(load(COUNTED, WORD));
            model.add(2, steps);
        }
        return model.explore((shared, own) -> own[COUNTED] != shared[WORD] || own[2 + COUNTED] != shared[WORD])
                .complaint();
    }

    /** A leader leaves its duty to a follower, who has left and knows of none. */
    private String theDutyIsLost() {
        Interleavings model = new Interleavings(WAITING);
        model.add(1, cas(Twin.ELECTED_IN_TWO_STEPS, WAITING, ELECTED));
        if (twin == Twin.LEFT_IN_TWO_STEPS) {
            model.add(1, List.of(load(BEFORE, WORD), Interleavings.store(WORD, GONE)));
        } else {
            model.add(1, List.of((shared, own, at) -> {
                own[BEFORE] = shared[WORD];
                shared[WORD] = GONE;
                return at + 1;
            }));
        }
        return model.explore((shared, found) -> found[0] == WAITING && found[1] == WAITING)
                .complaint();
    }

    /** A parked thread ends while a caller, who found it parked, relies on it. */
    private String theCallIsLost() {
        Interleavings model = new Interleavings(PARKED);
        model.add(1, cas(Twin.THREAD_ENDS_IN_TWO_STEPS, PARKED, NONE));
        model.add(1, cas(Twin.CALLED_IN_TWO_STEPS, PARKED, RUNNING));
        return model.explore((shared, found) -> found[0] == PARKED && found[1] == PARKED)
                .complaint();
    }

    private String complaint() {
        for (String complaint :
                new String[] {bothHaveIt(), oneCountsWhereNobodyLooks(), theDutyIsLost(), theCallIsLost()}) {
            if (complaint != null) {
                return complaint;
            }
        }
        return null;
    }

    @Test
    void oneWins() {
        assertNull(complaint());
    }

    @ParameterizedTest
    @EnumSource
    void twoStepsAreNotEnough(Twin weakened) {
        twin = weakened;
        assertNotNull(complaint());
    }
}

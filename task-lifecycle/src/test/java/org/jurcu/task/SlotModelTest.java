package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jurcu.model.Interleavings.Findings;
import org.jurcu.refcount.Refcount;
import org.jurcu.task.SlotModel.Twin;

/** The statements L1 to L6 of docs/slot.md in every interleaving of a few threads. */
class SlotModelTest {
    @ParameterizedTest(name = "{0} users, {1} putters, {2} getters")
    @CsvSource({"4, 3, 3", "3, 3, 3", "2, 3, 3", "1, 3, 3", "1, 4, 2"})
    void losesNoCallbackAndRunsNoneTwice(int users, int putters, int getters) {
        assertSafe(new SlotModel(null).explore(users, putters, getters));
    }

    @Test
    void saturatesAndLeaks() {
        assertSafe(new SlotModel(null).explore(Refcount.MAX - 1, 3, 3));
    }

    @ParameterizedTest(name = "{0} putters")
    @ValueSource(ints = {2, 3, 4})
    void aRepairThatComesLateLeavesTheNextLifeAlone(int putters) {
        assertSafe(new SlotModel(null).exploreReuse(putters));
    }

    private static void assertSafe(Findings findings) {
        assertNull(findings.complaint(), findings::toString);
        assertTrue(findings.ends() > 0, findings::toString);
    }

    @ParameterizedTest
    @EnumSource(Twin.class)
    void isWrongWithout(Twin twin) {
        assertTrue(exploreSmallCrowds(twin).anyMatch(Findings::violation), "no interleaving needs it");
    }

    @Test
    void theSameCrowdsAreSafeWithAllGuards() {
        assertFalse(exploreSmallCrowds(null).anyMatch(Findings::violation));
    }

    private static Stream<Findings> exploreSmallCrowds(Twin twin) {
        SlotModel model = new SlotModel(twin);
        return Stream.<Supplier<Findings>>of(
                        () -> model.explore(1, 2, 1), () -> model.explore(1, 3, 0), () -> model.exploreReuse(3))
                .map(Supplier::get);
    }
}

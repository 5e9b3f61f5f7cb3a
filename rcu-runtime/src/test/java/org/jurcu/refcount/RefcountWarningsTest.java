package org.jurcu.refcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ResourceLock(RecordedWarnings.LOCK)
class RefcountWarningsTest {
    private final RefcountWarningHandler before = RefcountWarnings.handler();

    @AfterEach
    void restore() {
        RefcountWarnings.setHandler(before);
    }

    @Test
    void saysWhatTheKernelPrints() {
        assertEquals(
                List.of(
                        "refcount_t: saturated; leaking memory.",
                        "refcount_t: saturated; leaking memory.",
                        "refcount_t: addition on 0; use-after-free.",
                        "refcount_t: underflow; use-after-free.",
                        "refcount_t: decrement hit 0; leaking memory.",
                        "refcount_t: increment on 0; use-after-free.",
                        "rcuref saturated - leaking memory",
                        "rcuref - imbalanced put()"),
                Stream.of(RefcountWarning.values()).map(RefcountWarning::text).toList());
    }

    @Test
    void handsOverTheCounterAndWhatItWas() {
        List<Object> got = new ArrayList<>();
        RefcountWarnings.setHandler((warning, counter, oldValue) -> got.addAll(List.of(warning, counter, oldValue)));
        Refcount refs = new Refcount(3);
        refs.subAndTest(5);
        assertEquals(List.of(RefcountWarning.SUB_UAF, refs, 3), got);
    }

    @Test
    void reportsForCountersOfOtherKinds() {
        List<Object> got = new ArrayList<>();
        RefcountWarnings.setHandler((warning, counter, oldValue) -> got.add(counter));
        Object slot = new Object();
        RefcountWarnings.report(RefcountWarning.ADD_OVF, slot, -7);
        assertEquals(List.of(slot), got);
        assertThrows(NullPointerException.class, () -> RefcountWarnings.report(RefcountWarning.ADD_OVF, null, -7));
        assertEquals(1, got.size());
    }

    @ParameterizedTest
    @EnumSource
    void countsEachKindByItself(RefcountWarning kind) {
        RefcountWarnings.setHandler((warning, counter, oldValue) -> {});
        long[] counts = counts();
        RefcountWarnings.report(kind, this, 0);
        RefcountWarnings.report(kind, this, 0);
        long[] after = counts();
        for (RefcountWarning other : RefcountWarning.values()) {
            int i = List.of(RefcountWarning.values()).indexOf(other);
            assertEquals(counts[i] + (other == kind ? 2 : 0), after[i], other::name);
        }
    }

    @Test
    void restoresTheDefault() {
        RefcountWarnings.restoreDefaultHandler();
        RefcountWarningHandler standard = RefcountWarnings.handler();
        RefcountWarningHandler mine = (warning, counter, oldValue) -> {};
        assertSame(standard, RefcountWarnings.setHandler(mine));
        assertSame(mine, RefcountWarnings.handler());
        assertNotSame(standard, mine);
        RefcountWarnings.restoreDefaultHandler();
        assertSame(standard, RefcountWarnings.handler());
        assertThrows(NullPointerException.class, () -> RefcountWarnings.setHandler(null));
        assertSame(standard, RefcountWarnings.handler());
    }

    record Misuse(String name, int start, Consumer<Refcount> op, int end) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Misuse> misuses() {
        return Stream.of(
                new Misuse("inc", 0, Refcount::inc, Refcount.SATURATED),
                new Misuse("add", Refcount.MAX, r -> r.add(2), Refcount.SATURATED),
                new Misuse("incNotZero", Refcount.MAX, Refcount::incNotZero, Refcount.SATURATED),
                new Misuse("limited", Refcount.SATURATED, r -> r.incNotZeroLimitedAcquire(9), Refcount.SATURATED),
                new Misuse("decAndTest", 0, Refcount::decAndTest, Refcount.SATURATED),
                new Misuse("dec", 1, Refcount::dec, Refcount.SATURATED),
                new Misuse("decNotOne", 0, Refcount::decNotOne, 0));
    }

    @ParameterizedTest
    @MethodSource("misuses")
    void aThrowingHandlerFindsTheCounterRepaired(Misuse misuse) {
        RefcountWarnings.setHandler((warning, counter, oldValue) -> {
            throw new IllegalStateException(warning + " at " + ((Refcount) counter).read());
        });
        Refcount refs = new Refcount(misuse.start());
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> misuse.op().accept(refs));
        assertTrue(e.getMessage().endsWith(" at " + misuse.end()), e::getMessage);
        assertEquals(misuse.end(), refs.read());
    }

    @Test
    void aHandlerThatThrewIsCalledAgain() {
        int[] calls = {0};
        RefcountWarnings.setHandler((warning, counter, oldValue) -> {
            calls[0]++;
            throw new IllegalStateException("no");
        });
        assertThrows(IllegalStateException.class, () -> new Refcount(0).inc());
        assertThrows(IllegalStateException.class, () -> new Refcount(0).inc());
        assertEquals(2, calls[0]);
    }

    @Test
    void aHandlerThatMisusesCountersIsNotCalledForThat() {
        int[] calls = {0};
        Refcount own = new Refcount(0);
        long counted = RefcountWarnings.count(RefcountWarning.ADD_UAF);
        RefcountWarnings.setHandler((warning, counter, oldValue) -> {
            calls[0]++;
            own.set(0);
            own.inc();
        });
        new Refcount(0).inc();
        assertEquals(1, calls[0]);
        assertEquals(Refcount.SATURATED, own.read());
        assertEquals(counted + 2, RefcountWarnings.count(RefcountWarning.ADD_UAF));
    }

    @Test
    void theReportOfAnotherThreadIsNotTakenForANestedOne() {
        List<Object> counters = new ArrayList<>();
        Refcount first = new Refcount(0);
        Refcount second = new Refcount(0);
        RefcountWarnings.setHandler((warning, counter, oldValue) -> {
            counters.add(counter);
            if (counter == first) {
                Workers.runInOtherThread(second::inc);
            }
        });
        first.inc();
        assertEquals(List.of(first, second), counters);
    }

    private static long[] counts() {
        return Stream.of(RefcountWarning.values())
                .mapToLong(RefcountWarnings::count)
                .toArray();
    }
}

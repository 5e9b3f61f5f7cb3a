package org.jurcu.refcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jurcu.refcount.ConformanceRow.Answer;

/** The rules as arithmetic say what the counters do, for each pair of a count and an amount where something changes. */
@ResourceLock(RecordedWarnings.LOCK)
class RefcountProfileTest {
    private static final int[] EDGES = {
        0,
        1,
        2,
        3,
        7,
        -1,
        -2,
        -3,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE - 1,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1,
        Refcount.SATURATED - 1,
        Refcount.SATURATED,
        Refcount.SATURATED + 1
    };

    /** One operation of a counter that starts at {@code old}, and the step that should foresee it. */
    record Rule(String name, BiFunction<Integer, Integer, Outcome> counter, Foreseen step) {
        @Override
        public String toString() {
            return name;
        }
    }

    @FunctionalInterface
    interface Foreseen {
        RefcountStep of(int old, int i);
    }

    /** Where a counter was left, and what it answered: false where it answers nothing. */
    record Outcome(int value, boolean result) {
        static <C> Outcome of(C refs, ConformanceRow.Operation<C> operation, IntReader<C> read) {
            Answer answer = operation.on(refs);
            return new Outcome(read.of(refs), answer == Answer.TRUE);
        }
    }

    @FunctionalInterface
    interface IntReader<C> {
        int of(C refs);
    }

    private static Rule current(String name, IntFunction<ConformanceRow.Done<Refcount>> operation, Foreseen step) {
        return new Rule(
                "current " + name,
                (old, i) -> Outcome.of(new Refcount(old), operation.apply(i).operation(), Refcount::read),
                step);
    }

    private static Rule legacy(String name, IntFunction<ConformanceRow.Done<LegacyRefcount>> operation, Foreseen step) {
        return new Rule(
                "legacy " + name,
                (old, i) ->
                        Outcome.of(new LegacyRefcount(old), operation.apply(i).operation(), LegacyRefcount::read),
                step);
    }

    static Stream<Rule> rules() {
        ConformanceRow.Start<Refcount> now = ConformanceRow.row("", 0);
        ConformanceRow.Start<LegacyRefcount> then = ConformanceRow.row("", 0);
        RefcountProfile c = RefcountProfile.CURRENT;
        RefcountProfile l = RefcountProfile.LEGACY;
        return Stream.of(
                current("inc", i -> now.call(Refcount::inc), (old, i) -> c.inc(old)),
                current("add", i -> now.call(r -> r.add(i)), c::add),
                current("addNotZero", i -> now.ask(r -> r.addNotZero(i)), c::addNotZero),
                current("subAndTest", i -> now.ask(r -> r.subAndTest(i)), c::subAndTest),
                current("dec", i -> now.call(Refcount::dec), (old, i) -> c.dec(old)),
                current("decIfOne", i -> now.ask(Refcount::decIfOne), (old, i) -> c.decIfOne(old)),
                current("decNotOne", i -> now.ask(Refcount::decNotOne), (old, i) -> c.decNotOne(old)),
                legacy("inc", i -> then.call(LegacyRefcount::inc), (old, i) -> l.inc(old)),
                legacy("add", i -> then.call(r -> r.add(i)), l::add),
                legacy("addNotZero", i -> then.ask(r -> r.addNotZero(i)), l::addNotZero),
                legacy("subAndTest", i -> then.ask(r -> r.subAndTest(i)), l::subAndTest),
                legacy("dec", i -> then.call(LegacyRefcount::dec), (old, i) -> l.dec(old)),
                legacy("decIfOne", i -> then.ask(LegacyRefcount::decIfOne), (old, i) -> l.decIfOne(old)),
                legacy("decNotOne", i -> then.ask(LegacyRefcount::decNotOne), (old, i) -> l.decNotOne(old)));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void foreseesTheCounter(Rule rule) {
        boolean warned = false;
        try (RecordedWarnings warnings = new RecordedWarnings()) {
            for (int old : EDGES) {
                for (int i : EDGES) {
                    String where = "old " + old + ", amount " + i;
                    RefcountStep step = rule.step().of(old, i);
                    assertEquals(rule.counter().apply(old, i), new Outcome(step.value(), step.result()), where);
                    List<RefcountWarning> kinds = warnings.drainKinds();
                    if (kinds.isEmpty()) {
                        assertNull(step.warning(), where);
                    } else {
                        assertEquals(kinds, List.of(step.warning()), where);
                        warned = true;
                    }
                }
            }
        }
        assertTrue(warned || rule.name().endsWith("decIfOne"), "no misuse was met");
    }
}

package org.jurcu.refcount;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import net.jqwik.api.statistics.Statistics;
import org.jurcu.refcount.ConformanceRow.Answer;

/**
 * Random strings of operations on each kind of counter, beside a model that a page of words describes. jqwik shrinks a string
 * that fails, and prints the seed with which it fails again.
 */
class CounterPropertiesTest {
    /** Where something changes, and what random numbers never hit. */
    private static final Integer[] EDGES = {
        0,
        1,
        2,
        3,
        -1,
        -2,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE - 1,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1,
        Refcount.SATURATED - 1,
        Refcount.SATURATED,
        Refcount.SATURATED + 1,
        0x4000_0000,
        0x3fff_ffff,
        Rcuref.SATURATED,
        Rcuref.SATURATED + 1,
        Rcuref.DEAD,
        Rcuref.DEAD + 1
    };

    /** An operation on a counter and on its model; {@code amount} is in the name, for the report. */
    record Step<C, M>(
            String name, int amount, BiFunction<C, Integer, Answer> real, BiFunction<M, Integer, Answer> model) {
        @Override
        public String toString() {
            return name + "(" + amount + ")";
        }
    }

    private RecordedWarnings warnings;

    @BeforeProperty
    void record() {
        warnings = new RecordedWarnings();
    }

    @AfterProperty
    void restore() {
        warnings.close();
    }

    @Provide
    Arbitrary<Integer> numbers() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(EDGES)),
                Tuple.of(3, Arbitraries.integers().between(0, 8)),
                Tuple.of(1, Arbitraries.integers()));
    }

    private <C, M> Arbitrary<List<Step<C, M>>> strings(List<Step<C, M>> kinds) {
        Arbitrary<Step<C, M>> step = Arbitraries.of(kinds)
                .flatMap(kind -> numbers().map(i -> new Step<>(kind.name(), i, kind.real(), kind.model())));
        return step.list().ofMinSize(1).ofMaxSize(40);
    }

    private static <C, M> Step<C, M> step(
            String name, BiFunction<C, Integer, Answer> real, BiFunction<M, Integer, Answer> model) {
        return new Step<>(name, 0, real, model);
    }

    private static Answer none(Runnable operation) {
        operation.run();
        return Answer.NONE;
    }

    @Provide
    Arbitrary<List<Step<Refcount, RefcountModel>>> refcountStrings() {
        return strings(List.of(
                step("set", (r, i) -> none(() -> r.set(i)), (m, i) -> m.set(i)),
                step("setRelease", (r, i) -> none(() -> r.setRelease(i)), (m, i) -> m.set(i)),
                step("inc", (r, i) -> none(r::inc), (m, i) -> m.add(1)),
                step("add", (r, i) -> none(() -> r.add(i)), (m, i) -> m.add(i)),
                step("incNotZero", (r, i) -> Answer.of(r.incNotZero()), (m, i) -> m.addNotZero(1)),
                step("addNotZero", (r, i) -> Answer.of(r.addNotZero(i)), (m, i) -> m.addNotZero(i)),
                step(
                        "incNotZeroAcquire",
                        (r, i) -> Answer.of(r.incNotZeroAcquire()),
                        (m, i) -> m.addNotZeroLimited(1, Integer.MAX_VALUE)),
                step(
                        "addNotZeroAcquire",
                        (r, i) -> Answer.of(r.addNotZeroAcquire(i)),
                        (m, i) -> m.addNotZeroLimited(i, Integer.MAX_VALUE)),
                step(
                        "incNotZeroLimitedAcquire",
                        (r, i) -> Answer.of(r.incNotZeroLimitedAcquire(i)),
                        (m, i) -> m.addNotZeroLimited(1, i)),
                step("decAndTest", (r, i) -> Answer.of(r.decAndTest()), (m, i) -> m.subAndTest(1)),
                step("subAndTest", (r, i) -> Answer.of(r.subAndTest(i)), (m, i) -> m.subAndTest(i)),
                step("dec", (r, i) -> none(r::dec), (m, i) -> m.dec()),
                step("decIfOne", (r, i) -> Answer.of(r.decIfOne()), (m, i) -> m.decIfOne()),
                step("decNotOne", (r, i) -> Answer.of(r.decNotOne()), (m, i) -> m.decNotOne())));
    }

    @Property
    void refcountWalksAsItsModel(
            @ForAll("numbers") int start, @ForAll("refcountStrings") List<Step<Refcount, RefcountModel>> steps) {
        walk(new Refcount(start), new RefcountModel(start), steps, Refcount::read, m -> (int) m.value, m -> m.warning);
        meets(
                RefcountWarning.ADD_NOT_ZERO_OVF,
                RefcountWarning.ADD_OVF,
                RefcountWarning.ADD_UAF,
                RefcountWarning.SUB_UAF,
                RefcountWarning.DEC_LEAK);
    }

    @Provide
    Arbitrary<List<Step<LegacyRefcount, LegacyModel>>> legacyStrings() {
        return strings(List.of(
                step("set", (r, i) -> none(() -> r.set(i)), (m, i) -> m.set(i)),
                step("inc", (r, i) -> none(r::inc), (m, i) -> m.add(1, RefcountWarning.INC_UAF)),
                step("add", (r, i) -> none(() -> r.add(i)), (m, i) -> m.add(i, RefcountWarning.ADD_UAF)),
                step("incNotZero", (r, i) -> Answer.of(r.incNotZero()), (m, i) -> m.addNotZero(1)),
                step("addNotZero", (r, i) -> Answer.of(r.addNotZero(i)), (m, i) -> m.addNotZero(i)),
                step("decAndTest", (r, i) -> Answer.of(r.decAndTest()), (m, i) -> m.subAndTest(1)),
                step("subAndTest", (r, i) -> Answer.of(r.subAndTest(i)), (m, i) -> m.subAndTest(i)),
                step("dec", (r, i) -> none(r::dec), (m, i) -> m.dec()),
                step("decIfOne", (r, i) -> Answer.of(r.decIfOne()), (m, i) -> m.decIfOne()),
                step("decNotOne", (r, i) -> Answer.of(r.decNotOne()), (m, i) -> m.decNotOne())));
    }

    @Property
    void legacyWalksAsItsModel(
            @ForAll("numbers") int start, @ForAll("legacyStrings") List<Step<LegacyRefcount, LegacyModel>> steps) {
        walk(
                new LegacyRefcount(start),
                new LegacyModel(start),
                steps,
                LegacyRefcount::read,
                LegacyModel::value,
                LegacyModel::warning);
        meets(
                RefcountWarning.ADD_NOT_ZERO_OVF,
                RefcountWarning.INC_UAF,
                RefcountWarning.ADD_UAF,
                RefcountWarning.SUB_UAF,
                RefcountWarning.DEC_LEAK);
    }

    @Provide
    Arbitrary<List<Step<Rcuref, RcurefModel>>> rcurefStrings() {
        return strings(List.of(
                step("init", (r, i) -> none(() -> r.init(i)), (m, i) -> m.init(i)),
                step("get", (r, i) -> Answer.of(r.get()), (m, i) -> m.get()),
                step("put", (r, i) -> Answer.of(r.putRcusafe()), (m, i) -> m.put())));
    }

    @Property
    void rcurefWalksAsItsModel(
            @ForAll("numbers") int start, @ForAll("rcurefStrings") List<Step<Rcuref, RcurefModel>> steps) {
        walk(new Rcuref(start), new RcurefModel(start), steps, Rcuref::read, RcurefModel::read, RcurefModel::warning);
        meets(RefcountWarning.RCUREF_SATURATED, RefcountWarning.RCUREF_IMBALANCED_PUT);
    }

    private <C, M> void walk(
            C counter,
            M model,
            List<Step<C, M>> steps,
            ToIntFunction<C> read,
            ToIntFunction<M> expected,
            Function<M, RefcountWarning> warning) {
        for (Step<C, M> step : steps) {
            Answer answer = step.model().apply(model, step.amount());
            assertEquals(answer, step.real().apply(counter, step.amount()), () -> "answer of " + step);
            assertEquals(expected.applyAsInt(model), read.applyAsInt(counter), () -> "count after " + step);
            RefcountWarning expectedWarning = warning.apply(model);
            assertEquals(
                    expectedWarning == null ? List.of() : List.of(expectedWarning),
                    warnings.drainKinds(),
                    () -> "warning of " + step);
            if (expectedWarning != null) {
                Statistics.collect(expectedWarning);
            }
        }
    }

    /** A property that meets no misuse proves little: each of these must have come up. */
    private static void meets(RefcountWarning... kinds) {
        Statistics.coverage(coverage -> {
            for (RefcountWarning kind : kinds) {
                coverage.check(kind).count(times -> times > 0);
            }
        });
    }
}

package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jurcu.model.CompiledModes;
import org.jurcu.model.ReorderingMachine;
import org.jurcu.model.ReorderingMachine.Findings;
import org.jurcu.model.ReorderingMachine.Mode;
import org.jurcu.model.ReorderingMachine.Program;
import org.jurcu.rcu.CounterModelTest.Twin;

/**
 * The listing of docs/srcu.md, with one stripe, on a machine that reorders whatever the access modes allow. Data and
 * violation are those of {@link HandshakeModelTest}.
 *
 * <p>Counting is a store that adds to what it finds: atomic, and ordered no more than a store of its mode is. That is all
 * that the proof uses. The counts of both indexes are digits of one variable.
 */
class CounterModelTest {
    private static final int X = 0;
    private static final int Y = 1;
    private static final int D1 = 2;
    private static final int D2 = 3;
    private static final int GATE = 4;
    private static final int LOCKS = 5;
    private static final int UNLOCKS = 6;
    private static final int SEQUENCE = 7;

    private static final int DIGIT = 8;

    /** What can be taken away. */
    enum Twin {
        COUNT_NOT_VOLATILE,
        COUNT_AFTER_FIRST_LOAD,
        NO_SECOND_LOOK_AT_THE_GATE,
        END_OF_SECTION_NOT_RELEASE,
        NO_FIRST_SCAN,
        NO_SECOND_SCAN,
        LOCKS_FIRST,
        FLIPS_AHEAD_OF_THE_FIRST_SCAN,
        // Another order stands in for each of these on a machine on which a store reaches all threads at once.
        NO_STEP_AT_THE_BEGINNING,
        SCAN_NOT_ACQUIRE,
        START_NOT_VOLATILE,
        END_NOT_RELEASE
    }

    private final Set<Twin> twins = EnumSet.noneOf(Twin.class);

    private boolean is(Twin twin) {
        return twins.contains(twin);
    }

    private Mode unless(Twin twin, Mode mode) {
        return is(twin) ? Mode.PLAIN : mode;
    }

    private static int unit(int gate) {
        return IndexGate.index(gate) == 0 ? 1 : DIGIT;
    }

    private static int digit(int counts, int index) {
        return index == 0 ? counts % DIGIT : counts / DIGIT;
    }

    /** S1 to S5. Returns the registers of x and y. */
    private int[] section(Program reader, int data) {
        int gate = reader.load(GATE, Mode.VOLATILE);
        int early = is(Twin.COUNT_AFTER_FIRST_LOAD) ? reader.load(X, Mode.PLAIN) : -1;
        Mode mode = is(Twin.COUNT_NOT_VOLATILE) ? Mode.RELEASE : Mode.VOLATILE;
        reader.store(LOCKS, (registers, old) -> old + unit(registers[gate]), mode, gate);
        if (!is(Twin.NO_SECOND_LOOK_AT_THE_GATE)) {
            reader.load(GATE, Mode.VOLATILE);
        }
        int x = is(Twin.COUNT_AFTER_FIRST_LOAD) ? early : reader.load(X, Mode.PLAIN);
        int y = reader.load(Y, Mode.PLAIN);
        reader.store(data, 1, Mode.PLAIN);
        reader.store(
                UNLOCKS,
                (registers, old) -> old + unit(registers[gate]),
                unless(Twin.END_OF_SECTION_NOT_RELEASE, Mode.RELEASE),
                gate);
        return new int[] {x, y};
    }

    /** U3, S6 to S9, U8, of a period that finds the gate at {@code from}. */
    private void period(Program leader, int from) {
        int other = 1 - IndexGate.index(from);
        if (is(Twin.START_NOT_VOLATILE)) {
            leader.store(SEQUENCE, (registers, old) -> old + 1, Mode.PLAIN);
        } else {
            leader.update(SEQUENCE, 1);
        }
        if (is(Twin.FLIPS_AHEAD_OF_THE_FIRST_SCAN)) { // and so scans one index twice
            leader.update(GATE, 2);
            scan(leader, 1 - other);
            scan(leader, 1 - other);
        } else {
            if (!is(Twin.NO_STEP_AT_THE_BEGINNING)) {
                leader.update(GATE, 1);
            }
            if (!is(Twin.NO_FIRST_SCAN)) {
                scan(leader, other);
            }
            leader.update(GATE, is(Twin.NO_STEP_AT_THE_BEGINNING) ? 2 : 1);
            if (!is(Twin.NO_SECOND_SCAN)) {
                scan(leader, 1 - other);
            }
        }
        if (is(Twin.END_NOT_RELEASE)) {
            leader.store(SEQUENCE, (registers, old) -> old + 3, Mode.PLAIN);
        } else {
            leader.update(SEQUENCE, 3);
        }
    }

    /** The look that ends a scan; the looks before it leave no trace. */
    private void scan(Program leader, int index) {
        int first = is(Twin.LOCKS_FIRST) ? LOCKS : UNLOCKS;
        int second = is(Twin.LOCKS_FIRST) ? UNLOCKS : LOCKS;
        Mode mode = unless(Twin.SCAN_NOT_ACQUIRE, Mode.VOLATILE);
        int seen = leader.load(first, mode);
        leader.await(second, mode, (registers, value) -> digit(registers[seen], index) == digit(value, index), seen);
    }

    private static Predicate<int[]> spans(int[] section, int data) {
        return registers -> registers[section[0]] == 0 && (registers[section[1]] == 1 || registers[data] == 0);
    }

    private static ReorderingMachine machine() {
        return new ReorderingMachine(0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** One period, and a reader with two sections. */
    private Findings twoSections() {
        ReorderingMachine machine = machine();
        Program reader = machine.thread();
        int[] first = section(reader, D1);
        int[] second = section(reader, D2);
        Program updater = machine.thread();
        updater.store(X, 1, Mode.PLAIN);
        period(updater, 0);
        updater.store(Y, 1, Mode.PLAIN);
        int d1 = updater.load(D1, Mode.PLAIN);
        int d2 = updater.load(D2, Mode.PLAIN);
        return machine.explore(spans(first, d1).or(spans(second, d2)));
    }

    /** Two periods; the reader may have read the gate before the first one, and count after it. */
    private Findings straggler() {
        ReorderingMachine machine = machine();
        Program reader = machine.thread();
        int[] section = section(reader, D1);
        Program updater = machine.thread();
        period(updater, 0);
        updater.store(X, 1, Mode.PLAIN);
        period(updater, 2);
        updater.store(Y, 1, Mode.PLAIN);
        int data = updater.load(D1, Mode.PLAIN);
        return machine.explore(spans(section, data));
    }

    /** One period, and two readers: one may come and go on the index on which the other still is. */
    private Findings twoReaders() {
        ReorderingMachine machine = machine();
        Program reader = machine.thread();
        int[] section = section(reader, D1);
        Program other = machine.thread();
        section(other, D2);
        Program updater = machine.thread();
        updater.store(X, 1, Mode.PLAIN);
        period(updater, 0);
        updater.store(Y, 1, Mode.PLAIN);
        int data = updater.load(D1, Mode.PLAIN);
        return machine.explore(spans(section, data));
    }

    private boolean someScenarioIsViolated() {
        return twoSections().violation()
                || straggler().violation()
                || twoReaders().violation();
    }

    @Test
    void theAlgorithmIsNeverViolated() {
        for (Findings findings : new Findings[] {twoSections(), straggler(), twoReaders()}) {
            assertFalse(findings.violation());
            assertTrue(findings.ends() > 10, "too few executions to say anything: " + findings);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.MATCH_NONE,
            names = {"NO_STEP_.*", "SCAN_NOT_.*", "START_NOT_.*", "END_NOT_.*"})
    void eachOfTheseIsNeeded(Twin twin) {
        twins.add(twin);
        assertTrue(someScenarioIsViolated());
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.MATCH_ANY,
            names = {"NO_STEP_.*", "SCAN_NOT_.*", "START_NOT_.*", "END_NOT_.*"})
    void forEachOfTheseAnotherStandsIn(Twin twin) {
        twins.add(twin);
        assertFalse(someScenarioIsViolated());
    }

    /** What the step adds where the memory model is weaker than this machine, see docs/srcu.md. */
    @Test
    void oneOrderBetweenStartAndFirstScanIsNeeded() {
        twins.addAll(Set.of(Twin.NO_STEP_AT_THE_BEGINNING, Twin.START_NOT_VOLATILE));
        assertTrue(someScenarioIsViolated());
    }

    @Test
    void oneOrderBetweenScanAndReturnIsNeeded() {
        twins.addAll(Set.of(Twin.SCAN_NOT_ACQUIRE, Twin.END_NOT_RELEASE));
        assertTrue(someScenarioIsViolated());
    }

    @Test
    void onlyTheStragglerNeedsTheFirstScan() {
        twins.add(Twin.NO_FIRST_SCAN);
        assertFalse(twoSections().violation());
        assertTrue(straggler().violation());
    }

    // ---- docs/grace-period.md, "Virtual threads": counters that the first reader publishes, and R3 on the epoch ----

    /** What can be taken away there. */
    enum LazyTwin {
        NONE,
        LOOKS_FOR_COUNTERS_AHEAD_OF_THE_EPOCH,
        PUBLISHES_BEHIND_THE_LOOK_AT_THE_EPOCH,
        NO_LOOK_AT_THE_EPOCH
    }

    /** One period and one reader, the first of its kind. D2 holds whether there are counters, SEQUENCE the epoch. */
    private static Findings firstVirtualReader(LazyTwin twin) {
        int counters = D2;
        int epoch = SEQUENCE;
        ReorderingMachine machine = machine();
        Program reader = machine.thread();
        if (twin != LazyTwin.PUBLISHES_BEHIND_THE_LOOK_AT_THE_EPOCH) {
            reader.store(counters, 1, Mode.VOLATILE);
        }
        int gate = reader.load(GATE, Mode.VOLATILE);
        reader.store(LOCKS, (registers, old) -> old + unit(registers[gate]), Mode.VOLATILE, gate);
        if (twin != LazyTwin.NO_LOOK_AT_THE_EPOCH) {
            reader.load(epoch, Mode.VOLATILE);
        }
        if (twin == LazyTwin.PUBLISHES_BEHIND_THE_LOOK_AT_THE_EPOCH) {
            reader.store(counters, 1, Mode.VOLATILE);
        }
        int x = reader.load(X, Mode.PLAIN);
        int y = reader.load(Y, Mode.PLAIN);
        reader.store(D1, 1, Mode.PLAIN);
        reader.store(UNLOCKS, (registers, old) -> old + unit(registers[gate]), Mode.VOLATILE, gate);

        Program updater = machine.thread();
        int early = twin == LazyTwin.LOOKS_FOR_COUNTERS_AHEAD_OF_THE_EPOCH ? updater.load(counters, Mode.VOLATILE) : -1;
        updater.store(X, 1, Mode.PLAIN);
        updater.update(epoch, 1);
        int found = early >= 0 ? early : updater.load(counters, Mode.VOLATILE);
        for (int index = 1; index >= 0; index--) {
            int scanned = index;
            updater.store(GATE, (registers, old) -> old + registers[found], Mode.VOLATILE, found);
            int unlocks = updater.load(UNLOCKS, Mode.VOLATILE);
            updater.await(
                    LOCKS,
                    Mode.VOLATILE,
                    (registers, locks) ->
                            registers[found] == 0 || digit(registers[unlocks], scanned) == digit(locks, scanned),
                    found,
                    unlocks);
        }
        updater.store(Y, 1, Mode.VOLATILE);
        int data = updater.load(D1, Mode.PLAIN);
        return machine.explore(spans(new int[] {x, y}, data));
    }

    @Test
    void aReaderThatPublishesTheCountersIsMet() {
        Findings findings = firstVirtualReader(LazyTwin.NONE);
        assertFalse(findings.violation());
        assertTrue(findings.ends() > 10, "too few executions to say anything: " + findings);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void eachOfTheseIsNeededForAReaderThatPublishesTheCounters(LazyTwin twin) {
        assertTrue(firstVirtualReader(twin).violation());
    }

    // ---- the compiled classes ----

    /** The orders that the compiled classes do not have. */
    private static Set<Twin> missingInTheCode() {
        Set<Twin> missing = EnumSet.noneOf(Twin.class);
        CompiledModes words = CompiledModes.of(CounterWords.class);
        CompiledModes counters = CompiledModes.of(SectionCounters.class);
        CompiledModes gate = CompiledModes.of(IndexGate.class);
        if (words.handle("getAndAddVolatileLocks", "getAndAdd") != Mode.VOLATILE) {
            missing.add(Twin.COUNT_NOT_VOLATILE);
        }
        if (CompiledModes.of(SrcuReaders.class).count("lock", "isClosed") == 0
                || gate.count("isClosed", "loadVolatile") == 0) {
            missing.add(Twin.NO_SECOND_LOOK_AT_THE_GATE);
        }
        if (words.handle("getAndAddVolatileUnlocks", "getAndAdd") != Mode.VOLATILE
                || words.handle("casVolatileUnlocks", "compareAndSet") != Mode.VOLATILE) {
            missing.add(Twin.END_OF_SECTION_NOT_RELEASE);
        }
        if (counters.count("begin", "stepVolatile") == 0) {
            missing.add(Twin.NO_STEP_AT_THE_BEGINNING);
        }
        if (!words.isBefore("loadVolatileOpen", "loadVolatileUnlocks", "loadVolatileLocks")) {
            missing.add(Twin.LOCKS_FIRST);
        }
        return missing;
    }

    /** The model with the access modes that the compiled classes have. */
    @Test
    void theCompiledClassesAreNeverViolated() {
        twins.addAll(missingInTheCode());
        assertFalse(someScenarioIsViolated(), () -> "missing in the code: " + twins);
    }

    @Test
    void theCompiledVirtualReadersLookAtTheEpoch() {
        LazyTwin twin = CompiledModes.of(VirtualReaders.class).count("count", "loadVolatile") == 0
                ? LazyTwin.NO_LOOK_AT_THE_EPOCH
                : LazyTwin.NONE;
        assertFalse(firstVirtualReader(twin).violation());
    }
}

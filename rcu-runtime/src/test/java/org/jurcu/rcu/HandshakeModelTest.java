package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jurcu.fence.AsymmetricFence;
import org.jurcu.model.CompiledModes;
import org.jurcu.model.ReorderingMachine;
import org.jurcu.model.ReorderingMachine.Findings;
import org.jurcu.model.ReorderingMachine.Mode;
import org.jurcu.model.ReorderingMachine.Program;
import org.jurcu.rcu.HandshakeModelTest.Twin;

/**
 * The listing of docs/grace-period.md on a machine that reorders whatever the access modes allow.
 *
 * <p>The data are plain: {@code x = 1; grace period; y = 1; read d} against sections that read {@code x} and {@code y}
 * and write {@code d}. A violation is a section that sees x == 0 (so that it is not after the start) and either sees
 * y == 1 or did not have its write of d seen (so that it is not before the end).
 */
class HandshakeModelTest {
    private static final int X = 0;
    private static final int Y = 1;
    private static final int D1 = 2;
    private static final int D2 = 3;
    private static final int EPOCH = 4;
    private static final int ANNOUNCED = 5;
    private static final int SEQUENCE = 6;
    private static final int BOUND = 7;

    /** Orders that can be taken away. */
    enum Twin {
        READER_STORE_NOT_VOLATILE,
        NO_SECOND_LOOK_AT_THE_EPOCH,
        WITHDRAWAL_NOT_RELEASE,
        SNAP_IS_A_LOAD,
        DONE_NOT_ACQUIRE,
        JOINS_RUNNING_PERIOD,
        NESTED_LOCK_ANNOUNCES,
        LOOKS_ONE_EPOCH_TOO_LOW,
        ONE_BIT_EPOCH,
        PUBLISHED_LATE,
        // Of the asymmetric strategy only.
        NO_LIGHT_FENCE,
        NO_HEAVY_FENCE,
        HEAVY_FENCE_BEFORE_START,
        HEAVY_FENCE_AFTER_SCAN,
        HEAVY_FENCE_BEFORE_EPOCH,
        // Another order stands in for each of these on a machine on which a store reaches all threads at once.
        PUBLISHED_NOT_VOLATILE,
        START_IS_A_STORE,
        START_NOT_VOLATILE,
        EPOCH_STORE_NOT_VOLATILE,
        LOOK_NOT_ACQUIRE,
        END_NOT_RELEASE
    }

    private final Set<Twin> twins = EnumSet.noneOf(Twin.class);
    private boolean asymmetric;

    private boolean is(Twin twin) {
        return twins.contains(twin);
    }

    private Mode unless(Twin twin, Mode mode) {
        return is(twin) ? Mode.PLAIN : mode;
    }

    /** R1 to R5, and a nested pair between the two loads. Returns the registers of x and y. */
    private int[] section(Program reader, int data) {
        int e = reader.load(EPOCH, Mode.VOLATILE);
        boolean loadsAhead = asymmetric && is(Twin.NO_LIGHT_FENCE); // as a compiler may have it
        int early = loadsAhead ? reader.load(X, Mode.PLAIN) : -1;
        announce(reader, e);
        int x = early >= 0 ? early : reader.load(X, Mode.PLAIN);
        if (is(Twin.PUBLISHED_LATE)) {
            reader.store(BOUND, 1, Mode.VOLATILE);
        }
        if (is(Twin.NESTED_LOCK_ANNOUNCES)) {
            announce(reader, reader.load(EPOCH, Mode.VOLATILE));
        }
        int y = reader.load(Y, Mode.PLAIN);
        reader.store(data, 1, Mode.PLAIN);
        reader.store(ANNOUNCED, 0, unless(Twin.WITHDRAWAL_NOT_RELEASE, Mode.RELEASE));
        return new int[] {x, y};
    }

    /** R2 and, in the strategy full, R3. */
    private void announce(Program reader, int e) {
        boolean release = asymmetric || is(Twin.READER_STORE_NOT_VOLATILE);
        reader.store(ANNOUNCED, (registers, old) -> registers[e], release ? Mode.RELEASE : Mode.VOLATILE, e);
        if (!asymmetric && !is(Twin.NO_SECOND_LOOK_AT_THE_EPOCH)) {
            reader.load(EPOCH, Mode.VOLATILE);
        }
    }

    private void register(Program reader) {
        if (!is(Twin.PUBLISHED_LATE)) {
            reader.store(BOUND, 1, unless(Twin.PUBLISHED_NOT_VOLATILE, Mode.VOLATILE));
        }
    }

    /** U2; returns the register from which {@link #cookie} makes the cookie. */
    private int snap(Program caller) {
        return is(Twin.SNAP_IS_A_LOAD) ? caller.load(SEQUENCE, Mode.VOLATILE) : caller.update(SEQUENCE, 0);
    }

    private int cookie(int sequence) {
        return is(Twin.JOINS_RUNNING_PERIOD) ? (sequence | 3) + 1 : (int) GracePeriodSequence.cookieFor(sequence);
    }

    /** U3 to U8, of the period that moves the epoch from {@code from} to {@code to} and the sequence from {@code g}. */
    private void period(Program leader, int g, int from, int to, Program... others) {
        heavyFence(Twin.HEAVY_FENCE_BEFORE_START, leader, others);
        if (is(Twin.START_IS_A_STORE) || is(Twin.START_NOT_VOLATILE)) {
            leader.store(SEQUENCE, g + 1, unless(Twin.START_NOT_VOLATILE, Mode.VOLATILE));
        } else {
            leader.update(SEQUENCE, 1);
        }
        heavyFence(Twin.HEAVY_FENCE_BEFORE_EPOCH, leader, others);
        if (is(Twin.EPOCH_STORE_NOT_VOLATILE)) {
            leader.store(EPOCH, to, Mode.PLAIN);
        } else {
            leader.update(EPOCH, to - from);
        }
        if (!is(Twin.NO_HEAVY_FENCE)
                && !is(Twin.HEAVY_FENCE_BEFORE_START)
                && !is(Twin.HEAVY_FENCE_AFTER_SCAN)
                && !is(Twin.HEAVY_FENCE_BEFORE_EPOCH)) {
            heavyFence(leader, others); // U5
        }
        int bound = leader.load(BOUND, Mode.VOLATILE);
        leader.await(
                ANNOUNCED,
                unless(Twin.LOOK_NOT_ACQUIRE, Mode.VOLATILE),
                (registers, announced) -> registers[bound] == 0 || !holdsOut(announced, to),
                bound);
        heavyFence(Twin.HEAVY_FENCE_AFTER_SCAN, leader, others);
        if (is(Twin.END_NOT_RELEASE)) {
            leader.store(SEQUENCE, g + 4, Mode.PLAIN);
        } else {
            leader.update(SEQUENCE, 3);
        }
    }

    private void heavyFence(Twin place, Program leader, Program... others) {
        if (is(place)) {
            heavyFence(leader, others);
        }
    }

    private void heavyFence(Program leader, Program... others) {
        if (asymmetric) {
            for (Program other : others) {
                leader.heavyFence(other);
            }
        }
    }

    private boolean holdsOut(int announced, int target) {
        if (is(Twin.ONE_BIT_EPOCH)) {
            return announced != 0 && announced != target;
        }
        return announced != 0 && announced < target - (is(Twin.LOOKS_ONE_EPOCH_TOO_LOW) ? 1 : 0);
    }

    /** U9. */
    private void awaitCookie(Program caller, int snapped) {
        caller.await(
                SEQUENCE,
                unless(Twin.DONE_NOT_ACQUIRE, Mode.VOLATILE),
                (registers, sequence) -> sequence >= cookie(registers[snapped]),
                snapped);
    }

    private static Predicate<int[]> spans(int[] section, int data) {
        return registers -> registers[section[0]] == 0 && (registers[section[1]] == 1 || registers[data] == 0);
    }

    private static ReorderingMachine machine() {
        return new ReorderingMachine(0, 0, 0, 0, 1, 0, 0, 0);
    }

    /** The caller leads; one reader with two sections. */
    private Findings callerLeads() {
        ReorderingMachine machine = machine();
        Program reader = machine.thread();
        register(reader);
        int[] first = section(reader, D1);
        int[] second = section(reader, D2);
        Program caller = machine.thread();
        caller.store(X, 1, Mode.PLAIN);
        int snapped = snap(caller);
        period(caller, 0, 1, 2, reader);
        awaitCookie(caller, snapped);
        caller.store(Y, 1, Mode.PLAIN);
        int d1 = caller.load(D1, Mode.PLAIN);
        int d2 = caller.load(D2, Mode.PLAIN);
        return machine.explore(spans(first, d1).or(spans(second, d2)));
    }

    /** A caller that follows, and a leader that runs two periods and knows nothing of it. */
    private Findings anotherLeads() {
        ReorderingMachine machine = machine();
        Program reader = machine.thread();
        register(reader);
        int[] section = section(reader, D1);
        Program caller = machine.thread();
        caller.store(X, 1, Mode.PLAIN);
        int snapped = snap(caller);
        awaitCookie(caller, snapped);
        caller.store(Y, 1, Mode.PLAIN);
        int data = caller.load(D1, Mode.PLAIN);
        Program leader = machine.thread();
        period(leader, 0, 1, 2, reader, caller);
        period(leader, 4, 2, is(Twin.ONE_BIT_EPOCH) ? 1 : 3, reader, caller);
        return machine.explore(spans(section, data));
    }

    private boolean someScenarioIsViolated() {
        return callerLeads().violation() || anotherLeads().violation();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theAlgorithmIsNeverViolated(boolean withHeavyFence) {
        asymmetric = withHeavyFence;
        for (Findings findings : new Findings[] {callerLeads(), anotherLeads()}) {
            assertFalse(findings.violation());
            assertTrue(findings.ends() > 10, "too few executions to say anything: " + findings);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.MATCH_NONE,
            names = {"PUBLISHED_NOT_.*", "START_.*", "EPOCH_.*", "LOOK_.*", "END_.*", ".*_FENCE.*"})
    void eachOfTheseOrdersIsNeeded(Twin twin) {
        twins.add(twin);
        assertTrue(someScenarioIsViolated());
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.MATCH_NONE,
            names = {
                "PUBLISHED_NOT_.*",
                "START_.*",
                "EPOCH_.*",
                "LOOK_.*",
                "END_.*",
                "READER_.*",
                "NO_SECOND_.*",
                "HEAVY_FENCE_BEFORE_EPOCH"
            })
    void eachOfTheseOrdersIsNeededByTheAsymmetricStrategy(Twin twin) {
        asymmetric = true;
        twins.add(twin);
        assertTrue(someScenarioIsViolated());
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.MATCH_ANY,
            names = {"PUBLISHED_NOT_.*", "START_.*", "EPOCH_.*", "LOOK_.*", "END_.*"})
    void forEachOfTheseAnotherStandsIn(Twin twin) {
        twins.add(twin);
        assertFalse(someScenarioIsViolated());
    }

    @Test
    void theHeavyFenceMayComeBeforeTheNewEpoch() {
        asymmetric = true;
        twins.add(Twin.HEAVY_FENCE_BEFORE_EPOCH);
        assertFalse(someScenarioIsViolated());
    }

    @Test
    void oneOrderBetweenStartAndScanIsNeeded() {
        twins.addAll(Set.of(Twin.START_NOT_VOLATILE, Twin.EPOCH_STORE_NOT_VOLATILE));
        assertTrue(someScenarioIsViolated());
    }

    @Test
    void oneOrderBetweenLookAndReturnIsNeeded() {
        twins.addAll(Set.of(Twin.LOOK_NOT_ACQUIRE, Twin.END_NOT_RELEASE, Twin.DONE_NOT_ACQUIRE));
        assertTrue(callerLeads().violation());
    }

    @Test
    void volatileDataWouldNotNeedTheSecondLook() {
        ReorderingMachine dekker = machine();
        Program reader = dekker.thread();
        reader.store(ANNOUNCED, 1, Mode.VOLATILE);
        int plain = reader.load(X, Mode.PLAIN);
        int acquired = reader.load(Y, Mode.ACQUIRE);
        int inOrder = reader.load(D1, Mode.VOLATILE);
        Program updater = dekker.thread();
        updater.store(X, 1, Mode.VOLATILE);
        updater.store(Y, 1, Mode.VOLATILE);
        updater.store(D1, 1, Mode.VOLATILE);
        int seen = updater.load(ANNOUNCED, Mode.VOLATILE);
        assertTrue(dekker.explore(r -> r[seen] == 0 && r[plain] == 0).violation());
        assertTrue(dekker.explore(r -> r[seen] == 0 && r[acquired] == 0).violation());
        assertFalse(dekker.explore(r -> r[seen] == 0 && r[inOrder] == 0).violation());
    }

    // ---- the compiled classes ----

    /** The orders that the compiled classes do not have. */
    private static Set<Twin> missingInTheCode() {
        Set<Twin> missing = EnumSet.noneOf(Twin.class);
        CompiledModes reader = CompiledModes.of(EpochReader.class);
        CompiledModes word = CompiledModes.of(ReaderWord.class);
        List<String> announcing = reader.calls("announce");
        int lightFence = announcing.indexOf("light");
        missIf(
                missing,
                Twin.READER_STORE_NOT_VOLATILE,
                reader.count("announce", "storeVolatileAnnounced") == 0
                        || word.field("storeVolatileAnnounced", "announced") != Mode.VOLATILE);
        missIf(missing, Twin.NO_SECOND_LOOK_AT_THE_EPOCH, reader.count("announce", "loadVolatile") < 2);
        missIf(
                missing,
                Twin.NO_LIGHT_FENCE,
                lightFence < 0
                        || !announcing.subList(0, lightFence).contains("storeReleaseAnnounced")
                        || CompiledModes.of(AsymmetricFence.class).count("light", "acquireFence") == 0);
        missIf(
                missing,
                Twin.WITHDRAWAL_NOT_RELEASE,
                CompiledModes.of(RcuReader.class).count("exit", "storeReleaseAnnounced") == 0
                        || word.handle("storeReleaseAnnounced", "set") != Mode.RELEASE);
        CompiledModes number = CompiledModes.of(PaddedLongValue.class);
        CompiledModes sequence = CompiledModes.of(GracePeriodSequence.class);
        boolean updates = number.handle("getAndAddVolatile", "getAndAdd") == Mode.VOLATILE;
        missIf(missing, Twin.SNAP_IS_A_LOAD, !updates || sequence.count("snap", "getAndAddVolatile") == 0);
        missIf(missing, Twin.START_NOT_VOLATILE, !updates || sequence.count("start", "getAndAddVolatile") == 0);
        missIf(missing, Twin.END_NOT_RELEASE, !updates || sequence.count("end", "getAndAddVolatile") == 0);
        boolean loads = number.field("loadVolatile", "value") == Mode.VOLATILE;
        missIf(missing, Twin.DONE_NOT_ACQUIRE, !loads || sequence.count("isDone", "loadVolatile") == 0);
        missIf(
                missing,
                Twin.EPOCH_STORE_NOT_VOLATILE,
                number.handle("casVolatile", "compareAndSet") != Mode.VOLATILE
                        || CompiledModes.of(Epoch.class).count("advanceVolatile", "casVolatile") == 0);
        CompiledModes leader = CompiledModes.of(EpochReaders.class);
        missIf(missing, Twin.NO_HEAVY_FENCE, leader.count("beginGracePeriod", "heavy") == 0);
        missIf(missing, Twin.HEAVY_FENCE_BEFORE_EPOCH, leader.isBefore("beginGracePeriod", "heavy", "advanceVolatile"));
        missIf(missing, Twin.HEAVY_FENCE_AFTER_SCAN, leader.isBefore("beginGracePeriod", "collect", "heavy"));
        missIf(
                missing,
                Twin.LOOK_NOT_ACQUIRE,
                word.field("loadVolatileAnnounced", "announced") != Mode.VOLATILE
                        || CompiledModes.of(Holdouts.class).count("poll", "loadVolatileAnnounced") == 0
                        || CompiledModes.of(ReaderRegistry.class).count("collectWord", "loadVolatileAnnounced") == 0);
        return missing;
    }

    private static void missIf(Set<Twin> missing, Twin twin, boolean isMissing) {
        if (isMissing) {
            missing.add(twin);
        }
    }

    /** The model with the access modes, and the order of the fences, that the compiled classes have. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theCompiledClassesAreNeverViolated(boolean withHeavyFence) {
        asymmetric = withHeavyFence;
        twins.addAll(missingInTheCode());
        assertFalse(someScenarioIsViolated(), () -> "missing in the code: " + twins);
    }
}

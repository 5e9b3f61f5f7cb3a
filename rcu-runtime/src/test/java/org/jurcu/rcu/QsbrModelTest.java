package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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

/**
 * The listing of docs/qsbr.md on a machine that reorders whatever the access modes allow.
 *
 * <p>The data are plain, as in {@link HandshakeModelTest}: {@code x = 1; grace period; y = 1; read d} against pieces that
 * read {@code x} and {@code y} and write {@code d}. A violation is a piece that sees x == 0 (so that it is not after the
 * start) and either sees y == 1 or did not have its write of d seen (so that it is not before the end).
 */
class QsbrModelTest {
    private static final int X = 0;
    private static final int Y = 1;
    private static final int D1 = 2;
    private static final int D2 = 3;
    private static final int EPOCH = 4;
    private static final int ANNOUNCED = 5;

    /** Orders that can be taken away; each is needed. */
    enum Twin {
        NONE,
        QUIESCENT_STATE_BEFORE_THE_LAST_ACCESS,
        QUIESCENT_STATE_NOT_RELEASE,
        EPOCH_NOT_ACQUIRED,
        TWO_STEPS,
        ANNOUNCES_THE_NEXT_EPOCH,
        ONLINE_NOT_VOLATILE,
        ONLINE_WITHOUT_SECOND_LOOK,
        OFFLINE_NOT_RELEASE
    }

    private Twin twin = Twin.NONE;

    private Mode unless(Twin weakened, Mode mode) {
        return twin == weakened ? Mode.PLAIN : mode;
    }

    /** Q6; returns the register of what was announced. */
    private int online(Program reader) {
        int e = reader.load(EPOCH, Mode.VOLATILE);
        Mode mode = twin == Twin.ONLINE_NOT_VOLATILE ? Mode.RELEASE : Mode.VOLATILE;
        reader.store(ANNOUNCED, (registers, old) -> registers[e], mode, e);
        if (twin != Twin.ONLINE_WITHOUT_SECOND_LOOK) {
            reader.load(EPOCH, Mode.VOLATILE);
        }
        return e;
    }

    /** Returns the registers of x and y. */
    private static int[] read(Program reader) {
        return new int[] {reader.load(X, Mode.PLAIN), reader.load(Y, Mode.PLAIN)};
    }

    private static void write(Program reader, int data) {
        reader.store(data, 1, Mode.PLAIN);
    }

    /** Q1 to Q3; what Q2 leaves out is left out in {@link #quiescentStateThatReturnsEarly}. */
    private void quiescentState(Program reader) {
        int e = reader.load(EPOCH, unless(Twin.EPOCH_NOT_ACQUIRED, Mode.VOLATILE));
        if (twin == Twin.TWO_STEPS) {
            reader.store(ANNOUNCED, 0, Mode.RELEASE);
        }
        int ahead = twin == Twin.ANNOUNCES_THE_NEXT_EPOCH ? 1 : 0;
        reader.store(
                ANNOUNCED,
                (registers, old) -> registers[e] + ahead,
                unless(Twin.QUIESCENT_STATE_NOT_RELEASE, Mode.RELEASE),
                e);
    }

    /** Q5. */
    private void offline(Program reader) {
        reader.store(ANNOUNCED, 0, unless(Twin.OFFLINE_NOT_RELEASE, Mode.RELEASE));
    }

    /** U1, U4 to U7 and U10, of a caller that leads the period that moves the epoch to {@code to}. */
    private static void unlinkAndWait(Program caller, int to) {
        caller.store(X, 1, Mode.PLAIN);
        caller.update(EPOCH, 1);
        caller.await(ANNOUNCED, Mode.VOLATILE, (registers, announced) -> announced == 0 || announced >= to);
        caller.store(Y, 1, Mode.PLAIN);
    }

    private static Predicate<int[]> spans(int[] piece, int data) {
        return registers -> registers[piece[0]] == 0 && (registers[piece[1]] == 1 || registers[data] == 0);
    }

    private static ReorderingMachine machine() {
        return new ReorderingMachine(0, 0, 0, 0, 1, 0);
    }

    /** A stretch of one piece. */
    private Findings onlineAndOffline() {
        ReorderingMachine machine = machine();
        Program reader = machine.thread();
        online(reader);
        int[] piece = read(reader);
        write(reader, D1);
        offline(reader);
        Program caller = machine.thread();
        unlinkAndWait(caller, 2);
        int data = caller.load(D1, Mode.PLAIN);
        return machine.explore(spans(piece, data));
    }

    /** A stretch of two pieces. */
    private Findings quiescentStateBetween() {
        ReorderingMachine machine = machine();
        Program reader = machine.thread();
        online(reader);
        int[] first = read(reader);
        if (twin == Twin.QUIESCENT_STATE_BEFORE_THE_LAST_ACCESS) {
            quiescentState(reader);
            write(reader, D1);
        } else {
            write(reader, D1);
            quiescentState(reader);
        }
        int[] second = read(reader);
        write(reader, D2);
        offline(reader);
        Program caller = machine.thread();
        unlinkAndWait(caller, 2);
        int d1 = caller.load(D1, Mode.PLAIN);
        int d2 = caller.load(D2, Mode.PLAIN);
        return machine.explore(spans(first, d1).or(spans(second, d2)));
    }

    /** Executions in which Q2 found its epoch announced: all is one piece. */
    private Findings quiescentStateThatReturnsEarly() {
        ReorderingMachine machine = machine();
        Program reader = machine.thread();
        int announced = online(reader);
        int[] first = read(reader);
        write(reader, D1);
        int looked = reader.load(EPOCH, unless(Twin.EPOCH_NOT_ACQUIRED, Mode.VOLATILE));
        int[] second = read(reader);
        write(reader, D2);
        offline(reader);
        Program caller = machine.thread();
        unlinkAndWait(caller, 2);
        int d1 = caller.load(D1, Mode.PLAIN);
        int d2 = caller.load(D2, Mode.PLAIN);
        Predicate<int[]> returnsEarly = registers -> registers[looked] == registers[announced];
        return machine.explore(returnsEarly.and(spans(first, d1).or(spans(second, d2))));
    }

    /** An earlier period has moved the epoch meanwhile: the quiescent state announces a new one, and perhaps too late. */
    private Findings aPeriodBefore() {
        ReorderingMachine machine = machine();
        Program reader = machine.thread();
        online(reader);
        quiescentState(reader);
        int[] piece = read(reader);
        write(reader, D1);
        offline(reader);
        Program caller = machine.thread();
        caller.update(EPOCH, 1);
        caller.await(ANNOUNCED, Mode.VOLATILE, (registers, announced) -> announced == 0 || announced >= 2);
        unlinkAndWait(caller, 3);
        int data = caller.load(D1, Mode.PLAIN);
        return machine.explore(spans(piece, data));
    }

    private Findings[] scenarios() {
        return new Findings[] {
            onlineAndOffline(), quiescentStateBetween(), quiescentStateThatReturnsEarly(), aPeriodBefore()
        };
    }

    @Test
    void theAlgorithmIsNeverViolated() {
        for (Findings findings : scenarios()) {
            assertFalse(findings.violation());
            assertTrue(findings.states() > 100, "too few executions to say anything: " + findings);
        }
    }

    /** Q2 makes no claim, so that Q1 need not order anything if it returns there. */
    @Test
    void aQuiescentStateThatReturnsEarlyNeedsNoOrder() {
        twin = Twin.EPOCH_NOT_ACQUIRED;
        assertFalse(quiescentStateThatReturnsEarly().violation());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void eachOfTheseOrdersIsNeeded(Twin weakened) {
        twin = weakened;
        boolean violated = false;
        for (Findings findings : scenarios()) {
            violated |= findings.violation();
        }
        assertTrue(violated);
    }

    // ---- the compiled classes ----

    /** What stores an announcement, or none. */
    private static final Set<String> ANNOUNCING =
            Set.of("storeReleaseAnnounced", "storeVolatileAnnounced", "goOffline", "stepAside");

    /** An order that the compiled classes do not have. */
    private static Twin missingInTheCode() {
        CompiledModes reader = CompiledModes.of(QsbrReader.class);
        CompiledModes word = CompiledModes.of(ReaderWord.class);
        boolean releases = word.handle("storeReleaseAnnounced", "set") == Mode.RELEASE;
        if (reader.count("quiescentState", "loadVolatile") == 0) {
            return Twin.EPOCH_NOT_ACQUIRED;
        }
        if (!releases || reader.count("report", "storeReleaseAnnounced") == 0) {
            return Twin.QUIESCENT_STATE_NOT_RELEASE;
        }
        List<String> reporting = reader.calls("report"); // its one goOffline is Q5
        if (reporting.stream().filter(ANNOUNCING::contains).count() > 2) {
            return Twin.TWO_STEPS;
        }
        if (reader.count("online", "announce") == 0
                || reader.count("announce", "storeVolatileAnnounced") == 0
                || word.field("storeVolatileAnnounced", "announced") != Mode.VOLATILE) {
            return Twin.ONLINE_NOT_VOLATILE;
        }
        if (reader.count("announce", "loadVolatile") < 2) {
            return Twin.ONLINE_WITHOUT_SECOND_LOOK;
        }
        return reader.count("goOffline", "storeReleaseAnnounced") == 0 ? Twin.OFFLINE_NOT_RELEASE : Twin.NONE;
    }

    /** The model with the access modes that the compiled classes have. */
    @Test
    void theCompiledClassesAreNeverViolated() {
        twin = missingInTheCode();
        for (Findings findings : scenarios()) {
            assertFalse(findings.violation(), () -> "missing in the code: " + twin);
        }
    }
}

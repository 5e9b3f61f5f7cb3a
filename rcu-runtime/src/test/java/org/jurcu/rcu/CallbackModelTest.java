package org.jurcu.rcu;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.jurcu.model.CompiledModes;
import org.jurcu.model.ReorderingMachine;
import org.jurcu.model.ReorderingMachine.Mode;
import org.jurcu.model.ReorderingMachine.Program;

/** The two arguments of docs/callbacks.md that rest on an order of accesses, and twins without that order. */
class CallbackModelTest {
    private static final int INVOKED = 0;
    private static final int NOTED = 1;
    private static final int INDEX = 1;

    /**
     * A caller that finds the backlog full goes to sleep; the reclaimer makes room. Returns whether an execution leaves
     * the caller asleep: it saw no room, and the reclaimer saw no note.
     */
    private static boolean wakeUpIsLost(Mode note, Mode count) {
        ReorderingMachine machine = new ReorderingMachine(0, 0);
        Program caller = machine.thread();
        caller.store(NOTED, 1, note); // W1
        int room = caller.load(INVOKED, Mode.VOLATILE); // W2
        Program reclaimer = machine.thread();
        reclaimer.store(INVOKED, 1, count); // W3
        int noted = reclaimer.load(NOTED, Mode.VOLATILE); // W4
        return machine.explore(registers -> registers[room] == 0 && registers[noted] == 0)
                .violation();
    }

    @Test
    void noBlockedCallerSleepsOn() {
        assertFalse(wakeUpIsLost(Mode.VOLATILE, Mode.VOLATILE));
    }

    @Test
    void withoutOrderYABlockedCallerSleepsOn() {
        assertTrue(wakeUpIsLost(Mode.RELEASE, Mode.VOLATILE));
    }

    @Test
    void withoutOrderZABlockedCallerSleepsOn() {
        assertTrue(wakeUpIsLost(Mode.VOLATILE, Mode.RELEASE));
    }

    /**
     * One callback is queued and does not run; another is queued and runs. Returns whether a barrier takes the one for the
     * other, and finds nothing outstanding.
     */
    private static boolean barrierIsDeceived(boolean countFirst, Mode count) {
        ReorderingMachine machine = new ReorderingMachine(0, 1);
        Program producer = machine.thread();
        producer.update(INDEX, 1); // K1
        Program reclaimer = machine.thread();
        reclaimer.await(INDEX, Mode.VOLATILE, (registers, value) -> value == 2); // K2
        reclaimer.store(INVOKED, 1, Mode.RELEASE); // K5
        Program barrier = machine.thread(); // K6
        int early = countFirst ? barrier.load(INVOKED, count) : barrier.load(INDEX, Mode.VOLATILE);
        int late = countFirst ? barrier.load(INDEX, Mode.VOLATILE) : barrier.load(INVOKED, count);
        return machine.explore(registers -> registers[early] == registers[late]).violation();
    }

    @Test
    void aBarrierThatReadsTheCountFirstIsNotDeceived() {
        assertFalse(barrierIsDeceived(true, Mode.VOLATILE));
    }

    @Test
    void aBarrierThatReadsTheIndexesFirstIsDeceived() {
        assertTrue(barrierIsDeceived(false, Mode.VOLATILE));
    }

    @Test
    void aBarrierThatReadsTheCountPlainlyIsDeceived() {
        assertTrue(barrierIsDeceived(true, Mode.PLAIN));
    }

    /** The model with the order, and the mode, that the compiled class has. The indexes are JCTools'. */
    @Test
    void theCompiledBarrierIsNotDeceived() {
        CompiledModes reclaimer = CompiledModes.of(Reclaimer.class);
        boolean countFirst = reclaimer.isBefore("size", "invoked", "queued");
        Mode count = reclaimer.count("invoked", "loadVolatile") == 1
                ? CompiledModes.of(PaddedLongValue.class).field("loadVolatile", "value")
                : Mode.PLAIN;
        assertFalse(barrierIsDeceived(countFirst, count), () -> "the count first: " + countFirst + ", by " + count);
    }
}

package org.jurcu.task.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.jurcu.task.trace.TraceEvent;

/** What tickets order, and what they leave open. */
class TurnTest {
    @Test
    void usesAreInNoOrderButComeBetweenTheChangesAroundThem() {
        Turn turn = new Turn();
        Ticket first = turn.change();
        Ticket a = turn.use();
        Ticket b = turn.use();
        Ticket second = turn.change();
        Ticket late = turn.use();
        assertTrue(first.isDue());
        assertFalse(a.isDue() || b.isDue() || second.isDue() || late.isDue());
        first.done();
        assertTrue(a.isDue() && b.isDue());
        assertFalse(second.isDue());
        b.done();
        assertTrue(a.isDue());
        assertFalse(second.isDue());
        a.done();
        assertTrue(second.isDue());
        assertFalse(late.isDue());
        second.done();
        assertTrue(late.isDue());
    }

    @Test
    void aStepTouchesAThingOnce() {
        Turn turn = new Turn();
        Touched touched = new Touched();
        touched.reliesOn(turn);
        touched.changes(turn);
        touched.reliesOn(turn);
        Ticket[] tickets = touched.tickets(null);
        assertEquals(1, tickets.length);
        assertFalse(turn.use().isDue(), "the step was taken for one that changes nothing");
        assertTrue(tickets[0].isDue(), "the step waits for itself");
    }

    private static TraceEvent event(int cpu, long line) {
        return new TraceEvent.Fork(new TraceEvent.Context(cpu, 1, "x", 0, line), 1, "x", 2, "y");
    }

    @Test
    void stepsOfDifferentCpusKeepTheOrderOfTheirTickets() {
        Turn turn = new Turn();
        List<Integer> order = new ArrayList<>(); // guarded by the turn
        Touched touched = new Touched();
        try (Cpus cpus = new Cpus(new Findings(null), Perturbation.of(1), Cpus.PATIENCE_NANOS)) {
            List<Integer> expected = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                int number = i;
                expected.add(i);
                touched.clear();
                touched.changes(turn);
                cpus.add(i % 3, new Step(event(i % 3, i), null, touched.tickets(null), () -> order.add(number)));
            }
            cpus.finish();
            assertEquals(3, cpus.count());
            assertEquals(expected, order);
        }
    }

    @Test
    void aStepThatFailsIsSaidAndTheOthersGoOn() {
        Findings findings = new Findings(null);
        List<Integer> played = new ArrayList<>();
        try (Cpus cpus = new Cpus(findings, Perturbation.NONE, Cpus.PATIENCE_NANOS)) {
            Turn turn = new Turn();
            Ticket[] first = {turn.change()};
            Ticket[] second = {turn.change()};
            cpus.add(0, new Step(event(0, 7), null, first, () -> {
                throw new IllegalStateException("no");
            }));
            cpus.add(1, new Step(event(1, 8), null, second, () -> played.add(8)));
            cpus.finish();
        }
        assertEquals(List.of(8), played);
        assertEquals(
                "line 7 cannot be played: java.lang.IllegalStateException: no",
                findings.mismatches().get(0).what());
    }

    @Test
    void stepsThatWaitForEachOtherEndWithASentence() {
        Turn a = new Turn();
        Turn b = new Turn();
        Ticket a1 = a.change();
        Ticket a2 = a.change();
        Ticket b1 = b.change();
        Ticket b2 = b.change();
        try (Cpus cpus = new Cpus(new Findings(null), Perturbation.NONE, TimeUnit.MILLISECONDS.toNanos(20))) {
            cpus.add(0, new Step(event(0, 7), null, new Ticket[] {a2, b1}, () -> {}));
            cpus.add(1, new Step(event(1, 8), null, new Ticket[] {b2, a1}, () -> {}));
            String said =
                    assertThrows(IllegalStateException.class, cpus::finish).getMessage();
            assertTrue(
                    said.matches("the replay stands still: CPU [01] cannot go on at line [78] of the recording, since"
                            + " what must come first does not come"),
                    said);
        }
    }
}

package org.jurcu.task.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jurcu.task.trace.TraceEvent;

/** What tickets order, and what they leave open. */
class TurnTest {
    private static Touched touched() {
        return new Touched(EnumSet.noneOf(Edge.class));
    }

    private static Tickets change(Turn... turns) {
        Touched touched = touched();
        for (Turn turn : turns) {
            touched.changes(turn, Edge.KIN);
        }
        return touched.tickets(null);
    }

    private static Tickets use(Turn turn) {
        Touched touched = touched();
        touched.reliesOn(turn, Edge.KIN);
        return touched.tickets(null);
    }

    @Test
    void usesAreInNoOrderButComeBetweenTheChangesAroundThem() {
        Turn turn = new Turn();
        Tickets first = change(turn);
        Tickets a = use(turn);
        Tickets b = use(turn);
        Tickets second = change(turn);
        Tickets late = use(turn);
        assertTrue(first.areDue());
        assertFalse(a.areDue() || b.areDue() || second.areDue() || late.areDue());
        first.done();
        assertTrue(a.areDue() && b.areDue());
        assertFalse(second.areDue());
        b.done();
        assertTrue(a.areDue());
        assertFalse(second.areDue());
        a.done();
        assertTrue(second.areDue());
        assertFalse(late.areDue());
        second.done();
        assertTrue(late.areDue());
    }

    @Test
    void aStepTouchesAThingOnce() {
        Turn turn = new Turn();
        Touched touched = touched();
        touched.reliesOn(turn, Edge.KIN);
        touched.changes(turn, Edge.KIN);
        touched.reliesOn(turn, Edge.KIN);
        Tickets tickets = touched.tickets(null);
        assertFalse(use(turn).areDue(), "the step was taken for one that changes nothing");
        assertTrue(tickets.areDue(), "the step waits for itself");
        tickets.done();
        assertTrue(use(turn).areDue(), "the step was counted twice");
    }

    @Test
    void aStepThatTouchesManyThingsWaitsForEach() {
        Turn[] turns = new Turn[40];
        Tickets[] before = new Tickets[40];
        for (int i = 0; i < turns.length; i++) {
            turns[i] = new Turn();
            before[i] = i % 2 == 0 ? change(turns[i]) : use(turns[i]);
        }
        Tickets all = change(turns);
        for (int i = turns.length - 1; i >= 0; i--) {
            assertFalse(all.areDue(), "it did not wait for " + i);
            before[i].done();
        }
        assertTrue(all.areDue());
        all.done();
        assertTrue(change(turns).areDue());
    }

    private static TraceEvent event(int cpu, long line) {
        return new TraceEvent.Fork(new TraceEvent.Context(cpu, 1, "x", 0, line), 1, "x", 2, "y");
    }

    /** Both with a worker a CPU and with fewer workers than CPUs. */
    @ParameterizedTest
    @CsvSource({"1, 3, 300", "0, 3, 1000", "0, 40, 1000"})
    void stepsOfDifferentCpusKeepTheOrderOfTheirTickets(long seed, int howMany, int steps) {
        Turn turn = new Turn();
        List<Integer> order = new ArrayList<>(); // guarded by the turn
        List<List<Integer>> alone = new ArrayList<>(); // each by its CPU
        List<Integer> expected = new ArrayList<>();
        try (Cpus cpus = new Cpus(new Findings(null), Perturbation.of(seed), Cpus.PATIENCE_NANOS)) {
            for (int i = 0; i < steps; i++) {
                int number = i;
                int cpu = i % howMany;
                if (i < howMany) {
                    alone.add(new ArrayList<>());
                }
                expected.add(i);
                cpus.add(cpu, new Step(event(cpu, i), null, change(turn), () -> order.add(number)));
                cpus.add(cpu, new Step(event(cpu, i), null, change(), () -> alone.get(cpu)
                        .add(number)));
            }
            cpus.finish();
            assertEquals(howMany, cpus.count());
        }
        assertEquals(expected, order);
        for (int cpu = 0; cpu < howMany; cpu++) {
            int first = cpu;
            assertEquals(
                    expected.stream().filter(i -> i % howMany == first).toList(), alone.get(cpu), "a CPU's own order");
        }
    }

    @Test
    void aBarrierComesAfterEverythingThatWasPlannedBeforeIt() {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        try (Cpus cpus = new Cpus(new Findings(null), Perturbation.NONE, Cpus.PATIENCE_NANOS)) {
            for (int round = 0; round < 50; round++) {
                int number = round;
                for (int i = 0; i < 20; i++) {
                    cpus.add(i % 5, new Step(event(i % 5, i), null, change(), () -> order.add(number)));
                }
                Once once = new Once(cpus.afterAll());
                Tickets barrier = touched().tickets(once);
                cpus.add(round % 5, new Step(event(0, 0), null, barrier, () -> order.add(-number)));
                for (int cpu = 0; cpu < 5; cpu++) {
                    Tickets after = touched().tickets(once.happened());
                    cpus.add(cpu, new Step(event(cpu, 0), null, after, () -> {}));
                }
            }
            cpus.finish();
        }
        assertEquals(50 * 21, order.size());
        for (int round = 0; round < 50; round++) {
            assertEquals(-round, order.get(21 * round + 20));
            for (int i = 0; i < 20; i++) {
                assertEquals(round, order.get(21 * round + i));
            }
        }
    }

    @Test
    void aStepThatFailsIsSaidAndTheOthersGoOn() {
        Findings findings = new Findings(null);
        List<Integer> played = new ArrayList<>();
        try (Cpus cpus = new Cpus(findings, Perturbation.NONE, Cpus.PATIENCE_NANOS)) {
            Turn turn = new Turn();
            Tickets first = change(turn);
            Tickets second = change(turn);
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
        long a1 = a.change();
        long a2 = a.change();
        long b1 = b.change();
        long b2 = b.change();
        // As no planner would: each is behind the other.
        Tickets first = new Tickets(new Turn[] {a, b}, new long[] {a2, b1}, 2, null);
        Tickets second = new Tickets(new Turn[] {b, a}, new long[] {b2, a1}, 2, null);
        try (Cpus cpus = new Cpus(new Findings(null), Perturbation.NONE, TimeUnit.MILLISECONDS.toNanos(20))) {
            cpus.add(0, new Step(event(0, 7), null, first, () -> {}));
            cpus.add(1, new Step(event(1, 8), null, second, () -> {}));
            String said =
                    assertThrows(IllegalStateException.class, cpus::finish).getMessage();
            assertTrue(
                    said.matches("the replay stands still: CPU [01] cannot go on at line [78] of the recording, since"
                            + " what must come first does not come"),
                    said);
        }
    }
}

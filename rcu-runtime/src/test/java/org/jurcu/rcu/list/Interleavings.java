package org.jurcu.rcu.list;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Runs small programs over shared cells in every interleaving. A step takes effect at once for everybody, so what a
 * weaker machine may reorder has to be written as a program of its own, in the other order.
 */
final class Interleavings {
    /** What a step returns when it cannot be taken yet. */
    static final int BLOCKED = -1;

    /** At most one access to the shared cells, beside waits; returns the index of the program's next step. */
    interface Step {
        int take(int[] shared, int[] own, int at);
    }

    /** What a step stores. */
    interface Value {
        int of(int[] own);
    }

    private record Program(int firstRegister, int registers, List<Step> steps) {}

    private final int[] initial;
    private final List<Program> programs = new ArrayList<>();
    private int registers;

    Interleavings(int... initial) {
        this.initial = initial;
    }

    /** Adds a program; its first step has the index 0. */
    void add(int ownRegisters, List<Step> steps) {
        programs.add(new Program(registers, ownRegisters, List.copyOf(steps)));
        registers += ownRegisters;
    }

    static Step store(int cell, int value) {
        return (shared, own, at) -> {
            shared[cell] = value;
            return at + 1;
        };
    }

    static Step store(int cell, Value value) {
        return (shared, own, at) -> {
            shared[cell] = value.of(own);
            return at + 1;
        };
    }

    static Step load(int register, int cell) {
        return (shared, own, at) -> {
            own[register] = shared[cell];
            return at + 1;
        };
    }

    static Step await(Predicate<int[]> shared) {
        return (cells, own, at) -> shared.test(cells) ? at + 1 : BLOCKED;
    }

    static Step lock(int cell) {
        return (shared, own, at) -> {
            if (shared[cell] != 0) {
                return BLOCKED;
            }
            shared[cell] = 1;
            return at + 1;
        };
    }

    static Step unlock(int cell) {
        return store(cell, 0);
    }

    /** What was found; a deadlock counts as an end that is bad. */
    record Findings(int states, int ends, boolean violation) {}

    /** Runs everything; {@code bad} is asked about shared cells and the programs' registers, in their order. */
    Findings explore(Bad bad) {
        int width = programs.size() + initial.length + registers;
        int[] start = new int[width];
        System.arraycopy(initial, 0, start, programs.size(), initial.length);
        Set<String> seen = new HashSet<>();
        Deque<int[]> open = new ArrayDeque<>();
        visit(start, seen, open);
        int ends = 0;
        boolean violation = false;
        while (!open.isEmpty()) {
            int[] state = open.pop();
            boolean moved = false;
            boolean finished = true;
            for (int p = 0; p < programs.size(); p++) {
                if (state[p] < programs.get(p).steps().size()) {
                    finished = false;
                    int[] next = step(state, p);
                    if (next != null) {
                        moved = true;
                        visit(next, seen, open);
                    }
                }
            }
            if (!moved) {
                ends++;
                violation |= !finished || bad.test(shared(state), own(state, 0, registers));
            }
        }
        return new Findings(seen.size(), ends, violation);
    }

    /** Whether an end is one that must not be. */
    interface Bad {
        boolean test(int[] shared, int[] registers);
    }

    private int[] step(int[] state, int p) {
        Program program = programs.get(p);
        int[] shared = shared(state);
        int[] own = own(state, program.firstRegister(), program.registers());
        int next = program.steps().get(state[p]).take(shared, own, state[p]);
        if (next == BLOCKED) {
            return null;
        }
        int[] after = state.clone();
        after[p] = next;
        System.arraycopy(shared, 0, after, programs.size(), shared.length);
        System.arraycopy(own, 0, after, programs.size() + shared.length + program.firstRegister(), own.length);
        return after;
    }

    private int[] shared(int[] state) {
        return Arrays.copyOfRange(state, programs.size(), programs.size() + initial.length);
    }

    private int[] own(int[] state, int first, int count) {
        int from = programs.size() + initial.length + first;
        return Arrays.copyOfRange(state, from, from + count);
    }

    private static void visit(int[] state, Set<String> seen, Deque<int[]> open) {
        if (seen.add(Arrays.toString(state))) {
            open.push(state);
        }
    }
}

package org.jurcu.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Runs small programs over shared cells in every interleaving, shortest first, until something is wrong. A step takes
 * effect at once for everybody, so what a weaker machine may reorder has to be written as a program of its own, in the
 * other order.
 *
 * <p>Programs may loop, since a state that has been seen is not explored again. Programs that are alike are
 * interchangeable: which of them does what is not told apart.
 */
public final class Interleavings {
    /** What a step returns when it cannot be taken yet. */
    public static final int BLOCKED = -1;

    /** What a step returns behind which the program ends. */
    public static final int END = Integer.MAX_VALUE;

    /** At most one access to the shared cells, beside waits; returns the index of the program's next step. */
    public interface Step {
        int take(long[] shared, long[] own, int at);
    }

    /** What a step stores. */
    public interface Value {
        long of(long[] own);
    }

    /** Says what is wrong with the shared cells and the programs' registers, in the order of the programs; or null. */
    public interface Check {
        String complaint(long[] shared, long[] registers);
    }

    /** Whether an end is one that must not be. */
    public interface Bad {
        boolean test(long[] shared, long[] registers);
    }

    /** What was found: how many states and ends, and the first complaint with the steps that lead to it, or null. */
    public record Findings(int states, int ends, String complaint, List<String> steps) {
        public boolean violation() {
            return complaint != null;
        }
    }

    private record Program(String name, int firstRegister, int registers, List<Step> steps) {}

    private record Named(String name, Step step) implements Step {
        @Override
        public int take(long[] shared, long[] own, int at) {
            return step.take(shared, own, at);
        }
    }

    private record Origin(State before, String step) {}

    private static final class State {
        private final long[] words;

        State(long[] words) {
            this.words = words;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof State state && Arrays.equals(words, state.words);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(words);
        }
    }

    private final long[] initial;
    private final List<Program> programs = new ArrayList<>();
    private final List<List<Integer>> alike = new ArrayList<>();
    private int registers;

    public Interleavings(long... initial) {
        this.initial = initial.clone();
    }

    /** Adds a program; its first step has the index 0. */
    public void add(int ownRegisters, List<Step> steps) {
        add(1, "program " + (programs.size() + 1), ownRegisters, steps);
    }

    /** Adds {@code n} programs that are alike. */
    public void add(int n, String name, int ownRegisters, List<Step> steps) {
        List<Integer> group = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            group.add(programs.size());
            programs.add(new Program(name, registers, ownRegisters, List.copyOf(steps)));
            registers += ownRegisters;
        }
        alike.add(group);
    }

    /** The same step, called {@code name} in what is found. */
    public static Step named(String name, Step step) {
        return new Named(name, step);
    }

    public static Step store(int cell, long value) {
        return (shared, own, at) -> {
            shared[cell] = value;
            return at + 1;
        };
    }

    public static Step store(int cell, Value value) {
        return (shared, own, at) -> {
            shared[cell] = value.of(own);
            return at + 1;
        };
    }

    public static Step load(int register, int cell) {
        return (shared, own, at) -> {
            own[register] = shared[cell];
            return at + 1;
        };
    }

    public static Step await(Predicate<long[]> shared) {
        return (cells, own, at) -> shared.test(cells) ? at + 1 : BLOCKED;
    }

    public static Step lock(int cell) {
        return (shared, own, at) -> {
            if (shared[cell] != 0) {
                return BLOCKED;
            }
            shared[cell] = 1;
            return at + 1;
        };
    }

    public static Step unlock(int cell) {
        return store(cell, 0);
    }

    /** Runs everything; {@code bad} is asked about ends. A deadlock is wrong, too. */
    public Findings explore(Bad bad) {
        return explore((shared, own) -> null, (shared, own) -> bad.test(shared, own) ? "a bad end" : null);
    }

    /** Runs everything; {@code always} is asked about every state, {@code end} about ends. A deadlock is wrong, too. */
    public Findings explore(Check always, Check end) {
        long[] start = new long[programs.size() + initial.length + registers];
        System.arraycopy(initial, 0, start, programs.size(), initial.length);
        Map<State, Origin> seen = new HashMap<>();
        Deque<State> open = new ArrayDeque<>();
        visit(canonical(start), new Origin(null, null), seen, open);
        int ends = 0;
        while (!open.isEmpty()) {
            State state = open.remove();
            boolean moved = false;
            boolean finished = true;
            for (int p = 0; p < programs.size(); p++) {
                int at = (int) state.words[p];
                if (at < programs.get(p).steps().size()) {
                    finished = false;
                    State next = step(state.words, p);
                    if (next != null) {
                        moved = true;
                        visit(next, new Origin(state, label(p, at)), seen, open);
                    }
                }
            }
            long[] shared = shared(state.words);
            long[] own = own(state.words, 0, registers);
            String complaint = always.complaint(shared, own);
            if (!moved) {
                ends++;
                if (complaint == null) {
                    complaint = finished ? end.complaint(shared, own) : "a deadlock";
                }
            }
            if (complaint != null) {
                return new Findings(seen.size(), ends, complaint, path(state, seen));
            }
        }
        return new Findings(seen.size(), ends, null, List.of());
    }

    private State step(long[] state, int p) {
        Program program = programs.get(p);
        long[] shared = shared(state);
        long[] own = own(state, program.firstRegister(), program.registers());
        int at = (int) state[p];
        int next = program.steps().get(at).take(shared, own, at);
        if (next == BLOCKED) {
            return null;
        }
        long[] after = state.clone();
        after[p] = next;
        System.arraycopy(shared, 0, after, programs.size(), shared.length);
        System.arraycopy(own, 0, after, programs.size() + shared.length + program.firstRegister(), own.length);
        return canonical(after);
    }

    private String label(int p, int at) {
        Program program = programs.get(p);
        return program.name() + ": " + (program.steps().get(at) instanceof Named named ? named.name() : "step " + at);
    }

    private long[] shared(long[] state) {
        return Arrays.copyOfRange(state, programs.size(), programs.size() + initial.length);
    }

    private long[] own(long[] state, int first, int count) {
        int from = programs.size() + initial.length + first;
        return Arrays.copyOfRange(state, from, from + count);
    }

    /** Sorts programs that are alike by where they are and what they know. */
    private State canonical(long[] state) {
        for (List<Integer> group : alike) {
            if (group.size() > 1) {
                long[][] parts = group.stream()
                        .map(p -> {
                            Program program = programs.get(p);
                            long[] part = new long[1 + program.registers()];
                            part[0] = state[p];
                            System.arraycopy(
                                    own(state, program.firstRegister(), program.registers()),
                                    0,
                                    part,
                                    1,
                                    part.length - 1);
                            return part;
                        })
                        .sorted(Arrays::compare)
                        .toArray(long[][]::new);
                for (int i = 0; i < parts.length; i++) {
                    int p = group.get(i);
                    int from =
                            programs.size() + initial.length + programs.get(p).firstRegister();
                    state[p] = parts[i][0];
                    System.arraycopy(parts[i], 1, state, from, parts[i].length - 1);
                }
            }
        }
        return new State(state);
    }

    private static void visit(State state, Origin origin, Map<State, Origin> seen, Deque<State> open) {
        if (seen.putIfAbsent(state, origin) == null) {
            open.add(state);
        }
    }

    private static List<String> path(State end, Map<State, Origin> seen) {
        List<String> steps = new ArrayList<>();
        for (Origin origin = seen.get(end); origin.before() != null; origin = seen.get(origin.before())) {
            steps.add(origin.step());
        }
        Collections.reverse(steps);
        return steps;
    }
}

package org.jurcu.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A machine that may execute the accesses of a thread in any order that their modes allow, and tries them all.
 *
 * <p>An access takes effect at once for everybody. Of two accesses of a thread the later one waits for the earlier if
 * <ul>
 *   <li>they touch the same variable, or the later uses a register that the earlier one loads,
 *   <li>the earlier is a load in acquire or volatile mode, or the later a store in release or volatile mode,
 *   <li>both are volatile,
 *   <li>the earlier is a wait and the later a store: stores are not speculated.
 * </ul>
 * An atomic update is a load and a store of its mode in one.
 *
 * <p>A heavy fence is executed in one other thread after the other. It reaches a thread at a point of its program: all that
 * stands before has been executed then, and nothing that stands behind. For its own thread it is a full fence.
 */
public final class ReorderingMachine {
    /** A VarHandle access mode; opaque counts as plain. */
    public enum Mode {
        PLAIN,
        ACQUIRE,
        RELEASE,
        VOLATILE
    }

    private enum Kind {
        LOAD,
        STORE,
        UPDATE,
        WAIT,
        FENCE
    }

    /** What an access stores, given the registers and, for an update, the old value. */
    public interface Value {
        int of(int[] registers, int old);
    }

    /** What a wait waits for, given the registers and the variable's value. */
    public interface Condition {
        boolean holds(int[] registers, int value);
    }

    private record Access(
            Kind kind,
            int variable,
            Mode mode,
            int target,
            Value value,
            Condition condition,
            List<Integer> uses,
            Program reached) {
        Access(Kind kind, int variable, Mode mode, int target, Value value, Condition condition, List<Integer> uses) {
            this(kind, variable, mode, target, value, condition, uses, null);
        }

        boolean loads() {
            return kind != Kind.STORE;
        }

        boolean stores() {
            return kind == Kind.STORE || kind == Kind.UPDATE;
        }

        boolean waitsFor(Access earlier) {
            boolean usesItsResult = uses.contains(earlier.target);
            boolean acquired = earlier.loads() && (earlier.mode == Mode.ACQUIRE || earlier.mode == Mode.VOLATILE);
            boolean released = stores() && (mode == Mode.RELEASE || mode == Mode.VOLATILE);
            boolean bothVolatile = earlier.mode == Mode.VOLATILE && mode == Mode.VOLATILE;
            boolean notSpeculated = earlier.kind == Kind.WAIT && stores();
            boolean fenced = kind == Kind.FENCE || earlier.kind == Kind.FENCE;
            return fenced
                    || variable == earlier.variable
                    || usesItsResult
                    || acquired
                    || released
                    || bothVolatile
                    || notSpeculated;
        }
    }

    /** The program of one thread, in the order in which it is written. */
    public final class Program {
        private final List<Access> accesses = new ArrayList<>();
        private int[] predecessors;

        /** Loads, and returns the register that holds the result. */
        public int load(int variable, Mode mode) {
            return add(new Access(Kind.LOAD, variable, mode, registers++, null, null, List.of()));
        }

        public void store(int variable, int value, Mode mode) {
            add(new Access(Kind.STORE, variable, mode, -1, (registers, old) -> value, null, List.of()));
        }

        public void store(int variable, Value value, Mode mode, Integer... uses) {
            add(new Access(Kind.STORE, variable, mode, -1, value, null, List.of(uses)));
        }

        /** Adds atomically, and returns the register that holds the old value. */
        public int update(int variable, int delta) {
            return update(variable, (registers, old) -> old + delta, Mode.VOLATILE);
        }

        /** Updates atomically, and returns the register that holds the old value. */
        public int update(int variable, Value value, Mode mode) {
            return add(new Access(Kind.UPDATE, variable, mode, registers++, value, null, List.of()));
        }

        public void await(int variable, Mode mode, Condition condition, Integer... uses) {
            add(new Access(Kind.WAIT, variable, mode, -1, null, condition, List.of(uses)));
        }

        /** A heavy fence as far as it concerns {@code other}. */
        public void heavyFence(Program other) {
            add(new Access(Kind.FENCE, -1, Mode.VOLATILE, -1, null, null, List.of(), other));
        }

        private int add(Access access) {
            accesses.add(access);
            return access.target();
        }

        private void close() {
            predecessors = new int[accesses.size()];
            for (int later = 0; later < accesses.size(); later++) {
                for (int earlier = 0; earlier < later; earlier++) {
                    if (accesses.get(later).waitsFor(accesses.get(earlier))) {
                        predecessors[later] |= 1 << earlier;
                    }
                }
            }
        }
    }

    private final int[] initialMemory;
    private final List<Program> programs = new ArrayList<>();
    private int registers;

    /** A machine whose variables begin with these values. */
    public ReorderingMachine(int... initialMemory) {
        this.initialMemory = initialMemory;
    }

    /** Adds a thread. */
    public Program thread() {
        Program program = new Program();
        programs.add(program);
        return program;
    }

    /** What an exploration found. */
    public record Findings(int states, int ends, boolean violation) {}

    /** Explores every execution; a violation is an end whose registers {@code bad} accepts. */
    public Findings explore(Predicate<int[]> bad) {
        programs.forEach(Program::close);
        int width = programs.size() + initialMemory.length + registers;
        int[] start = new int[width];
        System.arraycopy(initialMemory, 0, start, programs.size(), initialMemory.length);
        Set<String> seen = new HashSet<>();
        Deque<int[]> open = new ArrayDeque<>();
        visit(start, seen, open);
        int ends = 0;
        boolean violation = false;
        while (!open.isEmpty()) {
            int[] state = open.pop();
            boolean ended = true;
            for (int p = 0; p < programs.size(); p++) {
                Program program = programs.get(p);
                for (int a = 0; a < program.accesses.size(); a++) {
                    boolean done = (state[p] >> a & 1) != 0;
                    ended &= done;
                    boolean ready = (state[p] & program.predecessors[a]) == program.predecessors[a];
                    if (!done && ready) {
                        int[] next = execute(state, program.accesses.get(a));
                        if (next != null) {
                            next[p] |= 1 << a;
                            visit(next, seen, open);
                        }
                    }
                }
            }
            if (ended) {
                ends++;
                violation |= bad.test(registersOf(state));
            }
        }
        return new Findings(seen.size(), ends, violation);
    }

    private int[] execute(int[] state, Access access) {
        if (access.kind() == Kind.FENCE) {
            int executed = state[programs.indexOf(access.reached())];
            boolean atOnePoint = (executed & (executed + 1)) == 0;
            return atOnePoint ? state.clone() : null;
        }
        int cell = programs.size() + access.variable();
        int old = state[cell];
        int[] registersNow = registersOf(state);
        if (access.kind() == Kind.WAIT && !access.condition().holds(registersNow, old)) {
            return null;
        }
        int[] next = state.clone();
        if (access.stores()) {
            next[cell] = access.value().of(registersNow, old);
        }
        if (access.target() >= 0) {
            next[programs.size() + initialMemory.length + access.target()] = old;
        }
        return next;
    }

    private int[] registersOf(int[] state) {
        return Arrays.copyOfRange(state, programs.size() + initialMemory.length, state.length);
    }

    private static void visit(int[] state, Set<String> seen, Deque<int[]> open) {
        StringBuilder key = new StringBuilder(state.length * 2);
        for (int word : state) {
            key.append((char) (word >>> 16)).append((char) word);
        }
        if (seen.add(key.toString())) {
            open.push(state);
        }
    }
}

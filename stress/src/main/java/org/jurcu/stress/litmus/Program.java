package org.jurcu.stress.litmus;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the threads run, and how its outcomes are counted. An outcome is a number of two bits for each register, then for
 * each variable whose last value matters, the first of them lowest.
 */
final class Program {
    private static final int BITS = 2;

    private final List<List<String>> lines;
    private final Step[][] steps;
    private final Symbols symbols;
    private final int initially;
    private final List<String> observed;
    private final int[] finals;
    private final int mask;
    private final int wanted;

    private Program(List<List<String>> lines, String initially, Condition condition) {
        this.lines = lines;
        symbols = new Symbols();
        steps = lines.stream()
                .map(process ->
                        process.stream().map(line -> Steps.of(line, symbols)).toArray(Step[]::new))
                .toArray(Step[][]::new);
        this.initially = initially == null ? -1 : symbols.variable(initially);
        observed = new ArrayList<>(symbols.registers());
        observed.sort(null);
        List<Integer> last = new ArrayList<>();
        for (Condition.Term term : condition.terms()) {
            if (symbols.isVariable(term.name())) {
                observed.add(term.name());
                last.add(symbols.variable(term.name()));
            } else if (!symbols.isRegister(term.name())) {
                throw new IllegalArgumentException("nobody gives " + term.name() + " a value");
            }
        }
        finals = last.stream().mapToInt(Integer::intValue).toArray();
        int outcome = 0;
        int bits = 0;
        for (Condition.Term term : condition.terms()) {
            int shift = BITS * observed.indexOf(term.name());
            bits |= 3 << shift;
            outcome |= valueOf(term.value()) << shift;
        }
        mask = bits;
        wanted = outcome;
    }

    /**
     * Makes the steps of all lines.
     *
     * @throws IllegalArgumentException if a line is none, or the condition is about what does not occur
     */
    static Program of(List<List<String>> processes, String initially, Condition condition) {
        return new Program(processes, initially, condition);
    }

    private int valueOf(String value) {
        return Character.isDigit(value.charAt(0)) ? value.charAt(0) - '0' : symbols.variable(value);
    }

    int processes() {
        return steps.length;
    }

    Step[] steps(int process) {
        return steps[process];
    }

    String line(int process, int step) {
        return lines.get(process).get(step);
    }

    /** Returns whether {@code process} has such a line. */
    boolean has(int process, String line) {
        return lines.get(process).contains(line);
    }

    /** Returns whether {@code process} queues callbacks. */
    boolean calls(int process) {
        return lines.get(process).stream().anyMatch(line -> line.startsWith("call "));
    }

    /** Returns the variable that the pointer leads to at first, or -1 where there is no pointer. */
    int initially() {
        return initially;
    }

    /** Returns how many outcomes can be told apart. */
    int outcomes() {
        return 1 << (BITS * observed.size());
    }

    /** Returns the outcome of one instance that all processes have done with. */
    int outcome(Batch batch, int instance) {
        int outcome = 0;
        int shift = 0;
        for (; shift < BITS * symbols.registers().size(); shift += BITS) {
            int register = symbols.register(observed.get(shift / BITS));
            outcome |= batch.number(register, instance) << shift;
        }
        for (int variable : finals) {
            outcome |= batch.last(variable, instance) << shift;
            shift += BITS;
        }
        return outcome;
    }

    /** Returns whether the outcome is the one that the condition is about. */
    boolean isWanted(int outcome) {
        return (outcome & mask) == wanted;
    }

    /** Returns the outcome as a person reads it. */
    String describe(int outcome) {
        return observed.stream()
                .map(name -> {
                    int value = (outcome >>> (BITS * observed.indexOf(name))) & 3;
                    return name + "=" + (symbols.isPointerRegister(name) ? symbols.variableName(value) : "" + value);
                })
                .collect(Collectors.joining(" "));
    }
}

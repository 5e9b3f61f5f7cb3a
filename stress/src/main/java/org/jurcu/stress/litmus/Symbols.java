package org.jurcu.stress.litmus;

import java.util.ArrayList;
import java.util.List;

/** The names of a program: registers and variables by number, in the order in which they come up. */
final class Symbols {
    private final List<String> registers = new ArrayList<>();
    private final List<String> variables = new ArrayList<>();
    private final List<String> pointerRegisters = new ArrayList<>();
    private final List<String> written = new ArrayList<>();

    int register(String name) {
        return number(name, registers, Batch.REGISTERS, "registers");
    }

    int variable(String name) {
        return number(name, variables, Batch.VARIABLES, "variables");
    }

    /** Numbers a register that a line gives a value to, which must be the only such line: each has one owner then. */
    int target(String name) {
        if (written.contains(name)) {
            throw new IllegalArgumentException("register " + name + " is given a value twice");
        }
        written.add(name);
        return register(name);
    }

    /** Numbers a register that will hold a pointer. */
    int pointerTarget(String name) {
        pointerRegisters.add(name);
        return target(name);
    }

    boolean isRegister(String name) {
        return registers.contains(name);
    }

    boolean isVariable(String name) {
        return variables.contains(name);
    }

    boolean isPointerRegister(String name) {
        return pointerRegisters.contains(name);
    }

    List<String> registers() {
        return registers;
    }

    String variableName(int number) {
        return variables.get(number);
    }

    private static int number(String name, List<String> names, int most, String what) {
        int known = names.indexOf(name);
        if (known >= 0) {
            return known;
        }
        if (names.size() == most) {
            throw new IllegalArgumentException("more than " + most + " " + what);
        }
        names.add(name);
        return names.size() - 1;
    }
}

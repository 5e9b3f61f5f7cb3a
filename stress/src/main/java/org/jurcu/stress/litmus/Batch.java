package org.jurcu.stress.litmus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jurcu.rcu.RcuReference;

/**
 * The cells and registers of many instances of one pattern.
 *
 * <p>A cell has a line to itself, and its value comes with the number of the batch, so that nothing has to be cleared between
 * two batches: a cell that holds another number holds 0.
 *
 * <pre>
 * bits   cell, register
 * 63..2  number of the batch
 *  1..0  value
 * </pre>
 */
final class Batch {
    static final int GROUPS = 64;
    static final int LARGEST_GROUP = 32;
    static final int INSTANCES = GROUPS * LARGEST_GROUP;
    static final int VARIABLES = 4;
    static final int REGISTERS = 5;

    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int LINE = 8; // longs
    private static final int VALUE = 3;
    private static final int BITS = 2;

    /** What a pointer leads to: one of the variables of its own instance. */
    private record Target(int variable) {}

    private final long[][] cells = new long[VARIABLES][INSTANCES * LINE];

    /** Each is written by one thread only, and looked at when all are done. */
    private final long[][] registers = new long[REGISTERS][INSTANCES];

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no generic arrays
    private final RcuReference<Target>[] pointers = new RcuReference[INSTANCES];

    private final Target[] targets = new Target[VARIABLES];

    /** Written between two batches only. */
    private long stamp;

    private int groupSize;
    private boolean tight;

    Batch() {
        for (int variable = 0; variable < VARIABLES; variable++) {
            targets[variable] = new Target(variable);
        }
        for (int instance = 0; instance < INSTANCES; instance++) {
            pointers[instance] = new RcuReference<>();
        }
    }

    /** Makes all cells 0 and all pointers lead to {@code initially}, if that is a variable; nobody may be at work. */
    void renew(int newGroupSize, boolean newTight, int initially) {
        stamp++;
        groupSize = newGroupSize;
        tight = newTight;
        if (initially >= 0) {
            for (int instance = 0; instance < instances(); instance++) {
                assign(instance, initially);
            }
        }
    }

    int groupSize() {
        return groupSize;
    }

    /** Returns whether nobody pauses between two lines: for what lasts as long as a store is in flight. */
    boolean isTight() {
        return tight;
    }

    int instances() {
        return GROUPS * groupSize;
    }

    void store(int variable, int instance, int value) {
        CELL.setOpaque(cells[variable], instance * LINE, (stamp << BITS) | value);
    }

    /** Returns the cell as it is; who decodes it at once makes the thread wait for it. */
    long load(int variable, int instance) {
        return (long) CELL.getOpaque(cells[variable], instance * LINE);
    }

    void assign(int instance, int variable) {
        pointers[instance].assign(targets[variable]);
    }

    int dereference(int instance) {
        return pointers[instance].dereference().variable();
    }

    void keep(int register, int instance, long cell) {
        registers[register][instance] = cell;
    }

    void keepNumber(int register, int instance, int number) {
        registers[register][instance] = (stamp << BITS) | number;
    }

    /** Returns a register's value. */
    int number(int register, int instance) {
        return decode(registers[register][instance]);
    }

    /** Returns a variable's last value, when all are done. */
    int last(int variable, int instance) {
        return decode(load(variable, instance));
    }

    private int decode(long word) {
        return word >>> BITS == stamp ? (int) word & VALUE : 0;
    }
}

package org.jurcu.task.load;

/** A simulated process group: named by the number of the process that founded it, which stays in use as long as anyone is in it. */
final class SimPgrp {
    private final int[] numbers;
    private int members = 1;
    private boolean founderGone;

    /** Of one process, which has those numbers. */
    SimPgrp(int[] numbers) {
        this.numbers = numbers;
    }

    /** Its number as the outermost namespace has it; {@link Jobs} makes groups only there. */
    int number() {
        return numbers[0];
    }

    void join() {
        members++;
    }

    /** A process leaves it, by its end or for another group; {@code ns} gets the founder's numbers back if it was the last. */
    void leave(SimNamespace ns) {
        if (--members == 0 && founderGone) {
            giveBack(ns, numbers);
        }
    }

    /**
     * A process is gone.
     *
     * @return whether its numbers can be given back at once
     */
    boolean mayGiveBack(int[] of) {
        if (of != numbers || members == 0) {
            return true;
        }
        founderGone = true;
        return false;
    }

    static void giveBack(SimNamespace of, int[] numbers) {
        for (SimNamespace ns = of; ns != null; ns = ns.parent) {
            ns.giveBack(numbers[ns.level]);
        }
    }
}

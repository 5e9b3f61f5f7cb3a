package org.jurcu.task;

/** {@code struct pid}: a task's number in its namespace and in every one around it. Immutable. */
final class Pid {
    final PidNamespace ns;
    private final int[] numbers; // by level

    private Pid(PidNamespace ns, int[] numbers) {
        this.ns = ns;
        this.numbers = numbers;
    }

    /**
     * {@code alloc_pid}.
     *
     * @param outermost the number in the outermost namespace, or 0 for the next that is free
     */
    static Pid alloc(PidNamespace ns, int outermost) {
        Pid pid = new Pid(ns, new int[ns.level + 1]);
        try {
            for (PidNamespace n = ns; n != null; n = n.parent) {
                pid.numbers[n.level] = n.level == 0 && outermost != 0 ? n.take(outermost) : n.allocPid();
            }
        } catch (RuntimeException e) {
            pid.free(); // the levels that had been taken
            throw e;
        }
        return pid;
    }

    /** {@code free_pid}: its numbers can be given to others. */
    void free() {
        for (PidNamespace n = ns; n != null; n = n.parent) {
            if (numbers[n.level] != 0) {
                n.freePid(numbers[n.level]);
            }
        }
    }

    /** {@code pid_nr}: the number in the outermost namespace. */
    int nr() {
        return numbers[0];
    }

    /** {@code pid_nr_ns}: the number as {@code in} sees it; 0 if it is not seen there. */
    int nrNs(PidNamespace in) {
        return ns.isWithin(in) ? numbers[in.level] : 0;
    }
}

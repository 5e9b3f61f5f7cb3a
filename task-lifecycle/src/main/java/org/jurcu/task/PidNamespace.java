package org.jurcu.task;

/** {@code pid_namespace}: numbers its processes from 1; its process 1 reaps its orphans. Guarded by tasklist_lock. */
final class PidNamespace {
    /** Beyond it numbers are searched from {@link #RESERVED_PIDS} again. */
    static final int PID_MAX = 4 * 1024 * 1024;

    static final int RESERVED_PIDS = 300;

    final PidNamespace parent;
    final int level;
    private final java.util.BitSet used = new java.util.BitSet();
    private int last;

    TaskStruct childReaper;
    /** Numbers in use: {@code pid_allocated} without its flag. */
    int pidAllocated;
    /** {@code disable_pid_allocation} has been called: the namespace is dying. */
    boolean dying;

    PidNamespace(PidNamespace parent) {
        this.parent = parent;
        this.level = parent == null ? 0 : parent.level + 1;
    }

    /** {@code idr_alloc_cyclic}: the next number that is free. */
    int allocPid() {
        int nr = used.nextClearBit(last + 1);
        if (nr >= PID_MAX) {
            nr = used.nextClearBit(RESERVED_PIDS);
            if (nr >= PID_MAX) {
                throw new IllegalStateException("every pid of the namespace is in use: wait for tasks to be released");
            }
        }
        last = nr;
        return take(nr);
    }

    /** Takes a number that somebody else chose. */
    int take(int nr) {
        if (nr <= 0 || nr >= PID_MAX) {
            throw new IllegalArgumentException("a pid is 1 to " + (PID_MAX - 1) + ", not " + nr);
        }
        if (used.get(nr)) {
            throw new IllegalStateException("pid " + nr + " is in use: release its task first");
        }
        used.set(nr);
        pidAllocated++;
        return nr;
    }

    void freePid(int nr) {
        used.clear(nr);
        pidAllocated--;
    }

    /** Whether this is {@code ancestor} or inside it. */
    boolean isWithin(PidNamespace ancestor) {
        PidNamespace ns = this;
        while (ns.level > ancestor.level) {
            ns = ns.parent;
        }
        return ns == ancestor;
    }
}

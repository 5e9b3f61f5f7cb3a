package org.jurcu.task;

import org.jurcu.rcu.list.RcuIntTable;

/**
 * {@code pid_namespace}: numbers its processes from 1; its process 1 reaps its orphans. Numbers are given out in turn, so
 * that one that was given back is used again as late as can be.
 */
class PidNamespace {
    /** No namespace has more: {@code PID_MAX_LIMIT}. */
    static final int PID_MAX = 4 * 1024 * 1024;

    /** When the turn begins anew it does so here: {@code RESERVED_PIDS}. */
    static final int RESERVED_PIDS = 300;

    /** None is deeper than that below the outermost: {@code MAX_PID_NS_LEVEL}. */
    static final int MAX_LEVEL = 32;

    private final Kernel kernel;
    final PidNamespace parent;
    final int level;
    /** {@code idr}: who has which number. */
    private final RcuIntTable<Upid> numbers;

    private final PidMap used = new PidMap();
    private int last;
    private int pidAllocated;
    private volatile int pidMax;
    private volatile boolean dying;
    private TaskStruct childReaper;

    PidNamespace(Kernel kernel, PidNamespace parent) {
        this.kernel = kernel;
        this.parent = parent;
        this.level = parent == null ? 0 : parent.level + 1;
        if (level > MAX_LEVEL) {
            throw new IllegalStateException(
                    "ENOSPC: pid namespaces nest " + MAX_LEVEL + " deep; unshare in one that is further out");
        }
        this.pidMax = parent == null ? PID_MAX : parent.pidMax;
        numbers = new RcuIntTable<>(16, kernel.rcu());
    }

    private void assertPidmap(String what) {
        Lockdep.assertHeld(Lockdep.holds(kernel.pidmapLock()), what, "pidmap_lock");
    }

    /**
     * Gives {@code upid} a number, which is not found before {@link #publish}.
     *
     * @param wanted the number, or 0 for the next that is free
     */
    void alloc(Upid upid, int wanted) {
        int nr = wanted == 0 ? allocPid() : take(wanted);
        try {
            upid.init(this, nr);
        } catch (RuntimeException | Error e) {
            giveBack(nr);
            throw e;
        }
    }

    /** {@code idr_alloc_cyclic}: the next number that is free. */
    int allocPid() {
        int max = pidMax;
        int nr = last + 1 < max ? used.nextClear(last + 1) : max;
        if (nr >= max) {
            nr = used.nextClear(last >= RESERVED_PIDS ? RESERVED_PIDS : 1);
            if (nr >= max) {
                throw new IllegalStateException(
                        "EAGAIN: every pid of the namespace is in use; wait for tasks to be released");
            }
        }
        last = nr;
        return take(nr);
    }

    /** Takes a number that somebody else chose. */
    int take(int nr) {
        if (Lockdep.ON) {
            assertPidmap("a pid is allocated");
        }
        if (nr <= 0 || nr >= pidMax) {
            throw new IllegalArgumentException("a pid is 1 to " + (pidMax - 1) + ", not " + nr);
        }
        if (used.get(nr)) {
            throw new IllegalStateException("pid " + nr + " is in use: release its task first");
        }
        used.set(nr);
        return nr;
    }

    /** A number that was taken and not published. */
    void giveBack(int nr) {
        if (Lockdep.ON) {
            assertPidmap("a pid is given back");
        }
        used.clear(nr);
    }

    /** From here on the number is found; {@link #take} came before. */
    void publish(Upid upid) {
        if (Lockdep.ON) {
            assertPidmap("a pid is published");
        }
        numbers.put(upid);
        pidAllocated++;
    }

    /** Takes {@link #publish} back, for a fork that fails. */
    void unpublish(Upid upid) {
        if (Lockdep.ON) {
            assertPidmap("a pid is taken back");
        }
        numbers.remove(upid);
        pidAllocated--;
    }

    /** After a failure to allocate: a namespace whose init is not born yet begins with 1 again, as only 1 becomes its init. */
    void resetIfEmpty() {
        if (Lockdep.ON) {
            assertPidmap("the turn of the pids is reset");
        }
        if (pidAllocated == 0) {
            last = 0;
        }
    }

    void freePid(Upid upid) {
        if (Lockdep.ON) {
            assertPidmap("a pid is freed");
        }
        unpublish(upid);
        giveBack(upid.key());
        if (pidAllocated == 0) {
            dying = true; // its init is gone, or its first fork failed late: as in the kernel, nobody is born here any
            // more
        }
        if (pidAllocated <= 2) {
            kernel.pidsFreed().wakeUpAll(); // zap_pid_ns_processes may sleep for this
        }
    }

    /** {@code pid_allocated} without its flag: numbers in use. */
    int pidAllocated() {
        if (Lockdep.ON) {
            assertPidmap("pid_allocated is read");
        }
        return pidAllocated;
    }

    /** {@code disable_pid_allocation}: no process is born here any more. */
    void disablePidAllocation() {
        kernel.pidmapLock().lock();
        try {
            dying = true;
        } finally {
            kernel.pidmapLock().unlock();
        }
    }

    /** Whether nobody is born here any more: {@link #disablePidAllocation} has been called, or the first process was undone. */
    boolean dying() {
        return dying;
    }

    /** {@code pid_max}: numbers stay below it. */
    int pidMax() {
        return pidMax;
    }

    void storePidMax(int max) {
        if (Lockdep.ON) {
            assertPidmap("pid_max is written");
        }
        pidMax = max;
    }

    TaskStruct childReaper() {
        if (Lockdep.ON) {
            Lockdep.assertHeld(Lockdep.holds(kernel.tasklistLock()), "child_reaper is read", "tasklist_lock");
        }
        return childReaper;
    }

    void storeChildReaper(TaskStruct task) {
        if (Lockdep.ON) {
            Lockdep.assertHeld(
                    Lockdep.holdsExclusively(kernel.tasklistLock()),
                    "child_reaper is written",
                    "tasklist_lock for writing");
        }
        childReaper = task;
    }

    /** {@code find_pid_ns}: who has that number here, or null. Inside a section. */
    Pid findPid(int nr) {
        Upid upid = numbers.lookup(nr);
        return upid == null ? null : upid.pid;
    }

    /** The first number of a walk over all that are in use, or null. Inside a section. */
    Upid firstOrNull() {
        return numbers.firstOrNull();
    }

    Upid nextOrNull(Upid upid) {
        return numbers.nextOrNull(upid);
    }

    /** Whether this is {@code ancestor} or inside it. */
    boolean isWithin(PidNamespace ancestor) {
        PidNamespace n = this;
        while (n.level > ancestor.level) {
            n = n.parent;
        }
        return n == ancestor;
    }
}

package org.jurcu.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jurcu.refcount.Refcount;

/**
 * {@code struct pid}: a number in a namespace and in every one around it, and what is attached to it: a task, a group of
 * threads, a process group, a session. The number is in use while anything is; the memory, until a grace period later and
 * while somebody holds a {@link #getPid reference}.
 */
final class Pid {
    private static final VarHandle TASK;

    static {
        try {
            TASK = MethodHandles.lookup().findVarHandle(Pid.class, "task", TaskStruct.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Kernel kernel;
    PidNamespace ns;
    private final Upid[] numbers; // by level
    final Refcount count = new Refcount(0);

    @SuppressWarnings("UnusedVariable") // through TASK
    private TaskStruct task;

    /** How often it is a task's TGID, PGID or SID; and how often the second. */
    private int attached;

    private int groups;
    /** The next one on a list of numbers that were given back: of whoever releases. */
    Pid nextReleased;

    private Pid(Kernel kernel, PidNamespace ns) {
        this.kernel = kernel;
        numbers = new Upid[ns.level + 1];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = new Upid(this);
        }
    }

    /**
     * {@code alloc_pid}.
     *
     * @param spare one that served, or null
     * @param outermost the number in the outermost namespace, or 0 for the next that is free
     * @throws IllegalStateException if the namespace is dying (ENOMEM) or has no number left (EAGAIN), or the one that was
     *     asked for is in use; then no number is lost, and a namespace without an init still begins with 1
     */
    static Pid alloc(Kernel kernel, PidNamespace ns, Pid spare, int outermost) {
        Pid pid = spare != null && spare.numbers.length == ns.level + 1 ? spare : new Pid(kernel, ns);
        pid.ns = ns;
        kernel.pidmapLock().lock();
        try {
            pid.allocNumbers(outermost);
        } finally {
            kernel.pidmapLock().unlock();
        }
        return pid;
    }

    /** All of them, or none if it throws. */
    private void allocNumbers(int outermost) {
        PidNamespace taken = ns; // up to here, and this one not
        PidNamespace published = ns;
        try {
            for (; taken != null; taken = taken.parent) {
                taken.alloc(numbers[taken.level], taken.level == 0 ? outermost : 0);
            }
            if (ns.dying()) {
                throw new IllegalStateException(
                        "ENOMEM: the pid namespace is dying, as its init has exited or was never born; fork elsewhere");
            }
            count.setRelease(1);
            for (; published != null; published = published.parent) {
                published.publish(numbers[published.level]);
            }
        } catch (RuntimeException | Error e) {
            for (PidNamespace n = ns; n != published; n = n.parent) {
                n.unpublish(numbers[n.level]);
            }
            for (PidNamespace n = ns; n != taken; n = n.parent) {
                n.giveBack(numbers[n.level].key());
            }
            ns.resetIfEmpty();
            throw e;
        }
    }

    /** Whether a lookup may have found it since it was last recycled: its memory is not free at once. */
    boolean wasPublished() {
        return count.read() != 0;
    }

    /** {@code free_pid}: its numbers can be given to others. Its memory is its releaser's to give back. */
    void free() {
        kernel.pidmapLock().lock();
        try {
            for (PidNamespace n = ns; n != null; n = n.parent) {
                n.freePid(numbers[n.level]);
            }
        } finally {
            kernel.pidmapLock().unlock();
        }
    }

    /** {@code get_pid} by one who found it inside a section; false if its memory is on its way out. */
    boolean getPid() {
        return count.incNotZero();
    }

    /** {@code put_pid}: whether it was the last reference. */
    boolean putPid() {
        return count.decAndTest();
    }

    /** {@code pid_task(pid, PIDTYPE_PID)}: inside a section, or under tasklist_lock. */
    TaskStruct task() {
        return (TaskStruct) TASK.getAcquire(this);
    }

    /** {@code attach_pid(PIDTYPE_PID)}, or {@code exchange_tids}' half: lookups find {@code p} from here on. */
    void storeReleaseTask(TaskStruct p) {
        if (Lockdep.ON) {
            Lockdep.assertHeld(
                    Lockdep.holdsExclusively(kernel.tasklistLock()),
                    "a pid's task is written",
                    "tasklist_lock for writing");
        }
        TASK.setRelease(this, p);
    }

    /** {@code attach_pid} of another type than PIDTYPE_PID. */
    void attach() {
        if (Lockdep.ON) {
            assertAttachable();
        }
        attached++;
    }

    /** {@code detach_pid} of another type than PIDTYPE_PID. */
    void detach() {
        if (Lockdep.ON) {
            assertAttachable();
        }
        attached--;
    }

    /** {@code attach_pid(PIDTYPE_PGID)}. */
    void attachGroup() {
        attach();
        groups++;
    }

    /** {@code detach_pid(PIDTYPE_PGID)}. */
    void detachGroup() {
        detach();
        groups--;
    }

    /** {@code pid_task(pid, PIDTYPE_PGID)}: there is a process group of this number. */
    boolean hasGroup() {
        if (Lockdep.ON) {
            Lockdep.assertHeld(Lockdep.holds(kernel.tasklistLock()), "a pid's users are read", "tasklist_lock");
        }
        return groups != 0;
    }

    private void assertAttachable() {
        Lockdep.assertHeld(
                Lockdep.holdsExclusively(kernel.tasklistLock()),
                "a pid's users are written",
                "tasklist_lock for writing");
    }

    /** {@code pid_has_task} of any type: the number stays in use. */
    boolean isInUse() {
        if (Lockdep.ON) {
            Lockdep.assertHeld(Lockdep.holds(kernel.tasklistLock()), "a pid's users are read", "tasklist_lock");
        }
        return attached != 0 || task() != null;
    }

    /** {@code pid_nr}: the number in the outermost namespace. */
    int nr() {
        return numbers[0].key();
    }

    /** {@code pid_nr_ns}: the number as {@code in} sees it; 0 if it is not seen there. */
    int nrNs(PidNamespace in) {
        return ns.isWithin(in) ? numbers[in.level].key() : 0;
    }
}

package org.jurcu.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jurcu.refcount.Refcount;

/**
 * {@code signal_struct}: what the threads of one group share, from the first one's birth until the last one's memory is
 * freed. docs/synchronization.md §3 has the table of its fields.
 */
final class SignalStruct {
    private static final VarHandle LIVE;
    private static final VarHandle IS_CHILD_SUBREAPER;
    private static final VarHandle HAS_CHILD_SUBREAPER;

    static {
        try {
            MethodHandles.Lookup l = MethodHandles.lookup();
            LIVE = l.findVarHandle(SignalStruct.class, "live", int.class);
            IS_CHILD_SUBREAPER = l.findVarHandle(SignalStruct.class, "isChildSubreaper", boolean.class);
            HAS_CHILD_SUBREAPER = l.findVarHandle(SignalStruct.class, "hasChildSubreaper", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Kernel kernel;
    /** {@code sigcnt}: tasks whose memory is not freed. */
    final Refcount sigcnt = new Refcount(0);
    /** {@code thread_head}: the group's threads that have not been released, in the order in which they were made. */
    final ListHead threads = new ListHead(null, true);

    /** {@code wait_chldexit}: who sleeps in a wait call. */
    private final SpinLock waitChldexit;

    private final WaitQueue childExit;
    private long wakes;

    @SuppressWarnings("UnusedVariable") // through LIVE
    private int live;

    @SuppressWarnings("UnusedVariable") // through IS_CHILD_SUBREAPER
    private boolean isChildSubreaper;

    @SuppressWarnings("UnusedVariable") // through HAS_CHILD_SUBREAPER
    private boolean hasChildSubreaper;

    private int nrThreads;
    private int quickThreads;
    private boolean groupExit; // SIGNAL_GROUP_EXIT
    private int notifyCount;
    private TaskStruct groupExecTask;
    private Pid pgrp;
    private Pid session;
    /** Others know it: the checks begin. */
    private boolean published;
    /** Whose siglock guards this: all threads of a group share it. */
    private SighandStruct sighand;

    SignalStruct(Kernel kernel) {
        this.kernel = kernel;
        waitChldexit = new SpinLock(LockClass.WAIT_CHLDEXIT, kernel.isOfOneThread());
        childExit = new WaitQueue(waitChldexit);
    }

    /** {@code copy_signal}, of the group that {@code parent} is in; nobody else knows this one yet. */
    void init(SighandStruct of) {
        published = false;
        sighand = of;
        nrThreads = 0;
        quickThreads = 0;
        groupExit = false;
        notifyCount = 0;
        groupExecTask = null;
        LIVE.setOpaque(this, 0);
        IS_CHILD_SUBREAPER.setOpaque(this, false);
        HAS_CHILD_SUBREAPER.setOpaque(this, false);
        pgrp = null;
        session = null;
    }

    // ---- the checks ----

    private boolean isNew() {
        return !published;
    }

    private boolean holdsSiglock() {
        return Lockdep.holds(sighand.siglock);
    }

    private void assertReadable(String field) {
        Lockdep.assertHeld(
                isNew() || holdsSiglock() || Lockdep.holds(kernel.tasklistLock()),
                field + " is read",
                "siglock or tasklist_lock");
    }

    private void assertSiglock(String field) {
        Lockdep.assertHeld(isNew() || holdsSiglock(), field + " is touched", "siglock");
    }

    private void assertBoth(String field) {
        Lockdep.assertHeld(
                isNew() || (holdsSiglock() && Lockdep.holdsExclusively(kernel.tasklistLock())),
                field + " is written",
                "siglock and tasklist_lock for writing");
    }

    private void assertEither(String field) {
        Lockdep.assertHeld(
                isNew() || holdsSiglock() || Lockdep.holdsExclusively(kernel.tasklistLock()),
                field + " is written",
                "siglock or tasklist_lock for writing");
    }

    private void assertTasklist(String field, boolean write) {
        Lockdep.assertHeld(
                isNew()
                        || (write
                                ? Lockdep.holdsExclusively(kernel.tasklistLock())
                                : Lockdep.holds(kernel.tasklistLock())),
                field + (write ? " is written" : " is read"),
                write ? "tasklist_lock for writing" : "tasklist_lock");
    }

    /** Its first thread is about to be found. */
    void publish() {
        published = true;
    }

    // ---- the fields ----

    /** Exec gave the group handlers of its own. */
    void storeSighand(SighandStruct fresh) {
        if (Lockdep.ON) {
            assertBoth("the group's sighand");
        }
        sighand = fresh;
    }

    /** {@code nr_threads}: those that have not been released. */
    int nrThreads() {
        if (Lockdep.ON) {
            assertReadable("nr_threads");
        }
        return nrThreads;
    }

    void addNrThreads(int delta) {
        if (Lockdep.ON) {
            assertBoth("nr_threads");
        }
        nrThreads += delta;
    }

    /** {@code quick_threads}: those that have not begun {@code do_exit}, counted under siglock. */
    int addQuickThreads(int delta) {
        if (Lockdep.ON) {
            assertSiglock("quick_threads");
        }
        return quickThreads += delta;
    }

    /** {@code live}: threads that have not passed the point of {@code do_exit} where the last one is known. */
    int live() {
        return (int) LIVE.getOpaque(this);
    }

    /** {@code atomic_inc}. */
    void incLive() {
        LIVE.getAndAdd(this, 1);
    }

    /** {@code atomic_dec_and_test}: exactly one thread of a group is the last. */
    boolean decLiveAndTest() {
        return (int) LIVE.getAndAdd(this, -1) == 1;
    }

    /** {@code SIGNAL_GROUP_EXIT}: the whole group ends. */
    boolean groupExit() {
        if (Lockdep.ON) {
            assertSiglock("signal->flags");
        }
        return groupExit;
    }

    void storeGroupExit() {
        if (Lockdep.ON) {
            assertSiglock("signal->flags");
        }
        groupExit = true;
    }

    /** How many threads exec still waits for; negative when it waits for its leader's exit. */
    int notifyCount() {
        if (Lockdep.ON) {
            assertReadable("notify_count");
        }
        return notifyCount;
    }

    void storeNotifyCount(int count) {
        if (Lockdep.ON) {
            assertEither("notify_count");
        }
        notifyCount = count;
    }

    /** Who execs. */
    TaskStruct groupExecTask() {
        if (Lockdep.ON) {
            assertReadable("group_exec_task");
        }
        return groupExecTask;
    }

    void storeGroupExecTask(TaskStruct task) {
        if (Lockdep.ON) {
            assertSiglock("group_exec_task");
        }
        groupExecTask = task;
    }

    /** {@code task_pgrp}. */
    Pid pgrp() {
        if (Lockdep.ON) {
            assertTasklist("the process group", false);
        }
        return pgrp;
    }

    void storePgrp(Pid pid) {
        if (Lockdep.ON) {
            assertTasklist("the process group", true);
        }
        pgrp = pid;
    }

    /** {@code task_session}. */
    Pid session() {
        if (Lockdep.ON) {
            assertTasklist("the session", false);
        }
        return session;
    }

    void storeSession(Pid pid) {
        if (Lockdep.ON) {
            assertTasklist("the session", true);
        }
        session = pid;
    }

    /** Set by its own process alone, without a lock: {@code prctl}. */
    boolean isChildSubreaper() {
        return (boolean) IS_CHILD_SUBREAPER.getOpaque(this);
    }

    void storeIsChildSubreaper(boolean on) {
        IS_CHILD_SUBREAPER.setOpaque(this, on);
    }

    /** Only ever set; several may do so at once under the read side. */
    boolean hasChildSubreaper() {
        return (boolean) HAS_CHILD_SUBREAPER.getOpaque(this);
    }

    void storeHasChildSubreaper() {
        if (Lockdep.ON) {
            assertTasklist("has_child_subreaper", false);
        }
        HAS_CHILD_SUBREAPER.setOpaque(this, true);
    }

    // ---- wait_chldexit ----

    /** {@code __wake_up_parent}: whoever of the group sleeps in a wait call looks again. */
    void wakeUpParent() {
        waitChldexit.lock();
        try {
            wakes++;
            childExit.wakeUpAll();
        } finally {
            waitChldexit.unlock();
        }
    }

    /** {@code add_wait_queue}: what to give to {@link #awaitChild} after a scan in vain. */
    long prepareToWait() {
        waitChldexit.lock();
        try {
            return wakes;
        } finally {
            waitChldexit.unlock();
        }
    }

    /** Sleeps unless there was a wake-up since {@link #prepareToWait}. */
    void awaitChild(long seen) {
        waitChldexit.lock();
        try {
            while (wakes == seen) {
                childExit.sleep();
            }
        } finally {
            waitChldexit.unlock();
        }
    }
}

package org.jurcu.task.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jurcu.task.Kernel;
import org.jurcu.task.SlotDamage;
import org.jurcu.task.TaskLayout;
import org.jurcu.task.TaskStruct;
import org.jurcu.task.Tracepoints;

/**
 * Counts what the kernel and the readers tell, and asks of every free whether its grace period is over. Allocates nothing while
 * nothing is wrong.
 */
final class SoakAudit implements Tracepoints {
    private static final int FAULTS_KEPT = 20;

    /** No grace period is waited for. */
    private static final long NONE = 0;

    /** So far apart are the cookies of two slots: on cache lines of their own, since other CPUs write the neighbours'. */
    private static final int STRIDE = 8;

    private final TaskLayout layout;
    private final boolean countIsExact;
    /** By slot: the grace period that its head waits for. Written before the head is queued, read in its callback. */
    private final long[] cookies;

    private final int mostSlots;

    private Kernel kernel;
    private final LongAdder frees = new LongAdder();
    private final LongAdder doubleFrees = new LongAdder();
    private final LongAdder warnings = new LongAdder();
    private final LongAdder readerFaults = new LongAdder();
    private final List<String> faults = new ArrayList<>(); // guarded by this

    SoakAudit(TaskLayout layout, int mostSlots) {
        this.layout = layout;
        this.mostSlots = mostSlots;
        cookies = new long[mostSlots * STRIDE];
        countIsExact = layout.isIncNotZeroSound(); // else the word of a freed task holds a link, or there is none
    }

    /** Before anybody is born. */
    void watch(Kernel watched) {
        kernel = watched;
    }

    long frees() {
        return frees.sum();
    }

    long doubleFrees() {
        return doubleFrees.sum();
    }

    long warnings() {
        return warnings.sum();
    }

    long readerFaults() {
        return readerFaults.sum();
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    synchronized void fault(String what) {
        if (faults.size() < FAULTS_KEPT) {
            faults.add(what);
        }
    }

    void readerFault(TaskStruct task, String what) {
        readerFaults.increment();
        fault(what + ": " + task);
    }

    void warning(String what) {
        warnings.increment();
        fault(what);
    }

    @Override
    public void callRcu(TaskStruct task) {
        if (task.slot() < mostSlots) {
            cookies[task.slot() * STRIDE] = kernel.rcu().getState();
        } else {
            warning("the slab has grown beyond " + mostSlots + " slots: " + task);
        }
    }

    @Override
    public void schedProcessFree(TaskStruct task) {
        afterGracePeriod(task);
    }

    /** Once for each time that the task was queued. */
    private void afterGracePeriod(TaskStruct task) {
        if (task.slot() >= mostSlots) {
            return; // told when it was queued
        }
        long cookie = cookies[task.slot() * STRIDE];
        cookies[task.slot() * STRIDE] = NONE;
        if (cookie == NONE || !kernel.rcu().pollState(cookie)) {
            warning("freed before the grace period after its last put had ended: " + task);
        }
    }

    @Override
    public void freeTask(TaskStruct task) {
        if (layout.defersLastPut()) {
            afterGracePeriod(task);
        }
        if (task.usage() != 0 || (countIsExact && task.rcuUsers() != 0)) {
            warning("freed with users: " + task);
        }
        frees.increment();
    }

    @Override
    public void doubleFree(TaskStruct task) {
        doubleFrees.increment();
        fault("its memory was freed twice: " + task);
    }

    @Override
    public void damage(TaskStruct task, SlotDamage damage) {
        warning(damage + ": " + task);
    }

    @Override
    public void warn(TaskStruct task, String what) {
        warning(what + ": " + task);
    }
}

package org.jurcu.task.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jurcu.task.SlotDamage;
import org.jurcu.task.TaskLayout;
import org.jurcu.task.TaskStruct;
import org.jurcu.task.Tracepoints;

/** Counts what the kernel and the readers tell. Allocates nothing while nothing is wrong. */
final class SoakAudit implements Tracepoints {
    private static final int FAULTS_KEPT = 20;

    private final boolean countIsExact;
    private final LongAdder frees = new LongAdder();
    private final LongAdder doubleFrees = new LongAdder();
    private final LongAdder warnings = new LongAdder();
    private final LongAdder readerFaults = new LongAdder();
    private final List<String> faults = new ArrayList<>(); // guarded by this

    SoakAudit(TaskLayout layout) {
        countIsExact = layout.isIncNotZeroSound(); // else the word of a freed task holds a link, or there is none
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
    public void freeTask(TaskStruct task) {
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

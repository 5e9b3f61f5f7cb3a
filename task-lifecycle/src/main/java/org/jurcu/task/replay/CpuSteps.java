package org.jurcu.task.replay;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The steps of one CPU of the recording, in its order. The planner hands them over in batches; whichever thread has claimed
 * the CPU does them, one thread at a time.
 *
 * <p>A: what was done in the CPU's name before the claim is given up; B: matches A, before what the next claimer does. C: a
 * step before it counts as done; D: matches C, before what who asks makes of it.
 */
final class CpuSteps {
    private static final VarHandle CLAIMED;
    private static final VarHandle DONE;

    static {
        try {
            CLAIMED = MethodHandles.lookup().findVarHandle(CpuSteps.class, "claimed", boolean.class);
            DONE = MethodHandles.lookup().findVarHandle(CpuSteps.class, "done", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final int cpu;

    private final Queue<Step[]> handedOver = new ConcurrentLinkedQueue<>();

    // The claimer's.
    private Step[] current = {};
    private int next;

    @SuppressWarnings("UnusedVariable") // through CLAIMED
    private boolean claimed;

    @SuppressWarnings("UnusedVariable") // through DONE
    private long done;

    CpuSteps(int cpu) {
        this.cpu = cpu;
    }

    // The planner

    /** The next steps; behind the last one the array may have room. */
    void handOver(Step[] steps) {
        handedOver.add(steps);
    }

    // Anybody

    /** How many of them are done. */
    long done() {
        return (long) DONE.getAcquire(this); // D
    }

    boolean tryClaim() {
        return !(boolean) CLAIMED.getOpaque(this) && CLAIMED.compareAndSet(this, false, true); // B
    }

    // The claimer

    void unclaim() {
        CLAIMED.setRelease(this, false); // A
    }

    /** The step that comes next, or null if none has been handed over. */
    Step next() {
        if (next == current.length || current[next] == null) {
            Step[] steps = handedOver.poll();
            if (steps == null) {
                return null;
            }
            current = steps;
            next = 0;
        }
        return current[next];
    }

    /** {@link #next} is done. */
    void done(Step step) {
        step.tickets().done();
        current[next++] = null; // it may be long until the next batch
        DONE.setRelease(this, done + 1); // C
    }
}

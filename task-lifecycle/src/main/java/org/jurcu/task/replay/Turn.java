package org.jurcu.task.replay;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Orders the steps that touch one thing as the recording ordered them, where it matters: a step that changes it comes
 * after all that came before, one that only relies on it comes after the last change. Steps that only rely on it are in
 * no order.
 *
 * <p>The plan counts the steps as it makes them; a step waits until as many are done as were planned before it. Its number
 * says how many:
 *
 * <pre>
 *  63..................32  31...............0
 * +----------------------+------------------+
 * | changes before it    | uses before it   |   all ones below: it only relies, and waits for no use
 * +----------------------+------------------+
 * </pre>
 *
 * <p>A: what a step did before its number is done; B: matches A, before what a step does whose number is due.
 */
final class Turn {
    private static final int RELIES = -1;
    private static final VarHandle CHANGES;
    private static final VarHandle USES;

    static {
        try {
            CHANGES = MethodHandles.lookup().findVarHandle(Turn.class, "changes", int.class);
            USES = MethodHandles.lookup().findVarHandle(Turn.class, "uses", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // By the planner alone.
    private int plannedChanges;
    private int plannedUses;

    /** Changes that are done. Written by the one change whose turn it is. */
    @SuppressWarnings("UnusedVariable") // through CHANGES
    private int changes;

    @SuppressWarnings("UnusedVariable") // through USES
    private int uses;

    /** For a step that changes it; in the order of the recording. */
    long change() {
        return (long) plannedChanges++ << 32 | plannedUses;
    }

    /** For a step that relies on it; in the order of the recording. */
    long use() {
        plannedUses++;
        return (long) plannedChanges << 32 | (RELIES & 0xffff_ffffL);
    }

    /** Once true, true until that step is done. */
    boolean isDue(long number) {
        int before = (int) number;
        return (int) CHANGES.getAcquire(this) == (int) (number >>> 32) // B
                && (before == RELIES || (int) USES.getAcquire(this) == before); // B
    }

    /** The step of that number is done. */
    void done(long number) {
        if ((int) number == RELIES) {
            USES.getAndAdd(this, 1); // A
        } else {
            CHANGES.setRelease(this, (int) (number >>> 32) + 1); // A
        }
    }
}

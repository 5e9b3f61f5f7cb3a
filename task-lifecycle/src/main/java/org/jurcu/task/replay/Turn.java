package org.jurcu.task.replay;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Orders the steps that touch one thing as the recording ordered them, where it matters: a step that changes it comes
 * after all that came before, one that only relies on it comes after the last change. Steps that only rely on it are in
 * no order.
 *
 * <p>The plan counts the steps as it makes them; a step waits until as many are done as were planned before it.
 */
final class Turn {
    // By the planner alone.
    private int plannedChanges;
    private int plannedUses;

    /** Changes that are done. Written by the one change whose turn it is. */
    private volatile int changes;

    private final AtomicInteger uses = new AtomicInteger();

    /** For a step that changes it; in the order of the recording. */
    Ticket change() {
        return new Change(this, plannedChanges++, plannedUses);
    }

    /** For a step that relies on it; in the order of the recording. */
    Ticket use() {
        plannedUses++;
        return new Use(this, plannedChanges);
    }

    private record Change(Turn turn, int changes, int uses) implements Ticket {
        @Override
        public boolean isDue() {
            return turn.changes == changes && turn.uses.get() == uses;
        }

        @Override
        public void done() {
            turn.changes = changes + 1;
        }
    }

    private record Use(Turn turn, int changes) implements Ticket {
        @Override
        public boolean isDue() {
            return turn.changes == changes;
        }

        @Override
        public void done() {
            turn.uses.getAndIncrement();
        }
    }
}

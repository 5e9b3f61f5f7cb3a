package org.jurcu.stress.races;

import java.lang.invoke.VarHandle;

/** The object that an updater unlinks and then destroys: destroying is a stamp that a reader can recognise. */
final class PoisonedNode {
    private static final VarHandle POISON = Handles.of(PoisonedNode.class, "poison", int.class);

    @SuppressWarnings("unused") // through POISON
    private int poison;

    void poison() {
        POISON.setOpaque(this, 1);
    }

    boolean poisoned() {
        return (int) POISON.getOpaque(this) != 0;
    }

    /** Uses the node for a while, as a reader does, and tells whether it was destroyed meanwhile. */
    boolean poisonedWithinLooks(int looks) {
        for (int i = 0; i < looks; i++) {
            if (poisoned()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** The same for sections that have to outlast a thread's wake-up. */
    boolean poisonedWithinNanos(long nanos) {
        long start = System.nanoTime();
        do {
            if (poisoned()) {
                return true;
            }
            Thread.onSpinWait();
        } while (System.nanoTime() - start < nanos);
        return false;
    }
}

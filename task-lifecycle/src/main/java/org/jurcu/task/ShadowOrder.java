package org.jurcu.task;

import java.util.function.Consumer;
import org.jurcu.task.SlotDamage.Mode;

/**
 * What was queued on a {@link UnionCallbackList}, in order, where no count operation can reach it. A ring that grows.
 * Guarded by that list's lock.
 */
final class ShadowOrder {
    private UnionRcuUsers[] slots = new UnionRcuUsers[16];
    private int[] queueings = new int[16];
    private int first;
    private int size;
    private UnionRcuUsers last;

    void add(UnionRcuUsers slot) {
        if (size == slots.length) {
            grow();
        }
        int at = at(size++);
        slots[at] = slot;
        queueings[at] = slot.queued;
        last = slot;
    }

    /** The head that was queued {@code i} heads after the first that is still here. */
    UnionRcuUsers get(int i) {
        return slots[at(i)];
    }

    /** What was queued last, here or not. */
    UnionRcuUsers last() {
        return last;
    }

    /** Forgets the first {@code n}, and tells of those that were to run and are queued still. */
    void forget(int n, Consumer<UnionRcuUsers> lost) {
        for (int i = 0; i < n; i++) {
            UnionRcuUsers slot = slots[first];
            boolean queued = slot.mode() == Mode.QUEUED; // first: it may have run, and be queued anew by another CPU
            boolean same = queueings[first] == slot.queued;
            slots[first] = null;
            first = at(1);
            size--;
            if (queued && same) {
                lost.accept(slot);
            }
        }
    }

    private int at(int i) {
        return (first + i) & (slots.length - 1);
    }

    private void grow() {
        UnionRcuUsers[] grown = new UnionRcuUsers[2 * size];
        int[] grownQueueings = new int[2 * size];
        for (int i = 0; i < size; i++) {
            grown[i] = slots[at(i)];
            grownQueueings[i] = queueings[at(i)];
        }
        slots = grown;
        queueings = grownQueueings;
        first = 0;
    }
}

package org.jurcu.task.replay;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jurcu.task.TaskStruct;

/**
 * The lifetimes that the audit follows: whose the task in each slot of the audited kernel is, and which of them it has not
 * settled.
 *
 * <p>Whose a slot is, is asked by whoever drops a reference and by the reclaimer. A: a lifetime's begin before it stands
 * there; B: matches A, before what who asks reads of it.
 */
final class Lifetimes {
    private static final int CHUNK = 1024;

    /** By slot. Chunks stay where they are. */
    private volatile AtomicReferenceArray<Lifetime>[] chunks = chunks(0);

    // By whoever plans, or plays where nothing is planned.
    private final Chain<Lifetime> unsettled = new Chain<>();
    private final ArrayDeque<Lifetime> freed = new ArrayDeque<>();

    /** It will begin. */
    void add(Lifetime life) {
        unsettled.add(life);
    }

    /** It has begun. */
    void begun(Lifetime life) {
        int slot = life.task().slot();
        chunk(slot / CHUNK).setRelease(slot % CHUNK, life); // A
    }

    private AtomicReferenceArray<Lifetime> chunk(int index) {
        AtomicReferenceArray<Lifetime>[] now = chunks;
        return index < now.length ? now[index] : grown(index);
    }

    private synchronized AtomicReferenceArray<Lifetime> grown(int index) {
        AtomicReferenceArray<Lifetime>[] before = chunks;
        if (index >= before.length) {
            AtomicReferenceArray<Lifetime>[] more = Arrays.copyOf(before, index + 1);
            for (int i = before.length; i <= index; i++) {
                more[i] = new AtomicReferenceArray<>(CHUNK);
            }
            chunks = more;
        }
        return chunks[index];
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // no array of a generic class can be made otherwise
    private static AtomicReferenceArray<Lifetime>[] chunks(int count) {
        return new AtomicReferenceArray[count];
    }

    /** The lifetime of the task that is or was last in that slot, or null for one that is no actor's, like init. */
    Lifetime of(TaskStruct task) {
        int slot = task.slot();
        AtomicReferenceArray<Lifetime>[] now = chunks;
        return slot / CHUNK < now.length ? now[slot / CHUNK].getAcquire(slot % CHUNK) : null; // B
    }

    /** The kernel freed it. */
    void freedByKernel(Lifetime life) {
        freed.add(life);
    }

    /** Settles what the kernel has freed and {@code settled} says it has settled; the rest is asked for again next time. */
    void settleFreed(Predicate<Lifetime> settled) {
        for (int i = freed.size(); i > 0; i--) {
            Lifetime life = freed.remove();
            if (settled.test(life)) {
                unsettled.remove(life);
            } else {
                freed.add(life);
            }
        }
    }

    /** Those that have begun and are not settled, in the order of their births. */
    void forEachUnsettled(Consumer<Lifetime> action) {
        unsettled.forEach(life -> {
            if (life.task() != null) { // else its birth could not be played, which has been told
                action.accept(life);
            }
        });
    }
}

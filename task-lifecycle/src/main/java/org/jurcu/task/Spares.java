package org.jurcu.task;

import java.util.ArrayDeque;

/**
 * A {@code kmem_cache}: objects that served and may serve again. Only the overflow comes here: whoever drops an object's
 * last reference keeps it in its own slot of the task slab first, for the slot's next task.
 */
final class Spares<T> {
    private final SpinLock lock;
    private final ArrayDeque<T> spares = new ArrayDeque<>();

    /** {@code alone}: for one thread. */
    Spares(boolean alone) {
        lock = new SpinLock(LockClass.CACHE, alone);
    }

    /** One, or null. */
    T poll() {
        lock.lock();
        try {
            return spares.pollLast();
        } finally {
            lock.unlock();
        }
    }

    void add(T spare) {
        lock.lock();
        try {
            spares.addLast(spare);
        } finally {
            lock.unlock();
        }
    }
}

package org.jurcu.task;

/** What {@link Lockdep} knows of a lock. */
sealed interface KernelLock permits SpinLock, RwLock {
    LockClass lockClass();
}

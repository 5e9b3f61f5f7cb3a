package org.jurcu.task;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/**
 * {@code rwlock_t}, as the kernel's queued one behaves outside interrupts: readers share, a writer is alone, and a reader
 * queues behind a writer that waits, so that scans without pause keep no writer out. A writer takes the lock whenever it is
 * free and may pass whoever waits. Neither side may be taken again by its
 * holder: a second read hold behind a waiting writer would never be granted ({@link Lockdep} refuses both). Allocates
 * nothing unless it has to park.
 *
 * <pre>
 *  state   -1       a writer
 *           0       free
 *           n > 0   n readers
 * </pre>
 */
final class RwLock implements KernelLock {
    private static final int SPINS = 200;

    private final LockClass lockClass;
    private final Sync sync = new Sync();

    RwLock(LockClass lockClass) {
        this.lockClass = lockClass;
    }

    @Override
    public LockClass lockClass() {
        return lockClass;
    }

    void readLock() {
        if (Lockdep.ON) {
            Lockdep.acquire(this, false);
        }
        for (int i = 0; i < SPINS; i++) {
            if (sync.tryAcquireShared(1) > 0) {
                return;
            }
            Thread.onSpinWait();
        }
        sync.acquireShared(1);
    }

    void readUnlock() {
        if (Lockdep.ON) {
            Lockdep.release(this);
        }
        sync.releaseShared(1);
    }

    void writeLock() {
        if (Lockdep.ON) {
            Lockdep.acquire(this, true);
        }
        for (int i = 0; i < SPINS; i++) {
            if (sync.tryAcquire(1)) {
                return;
            }
            Thread.onSpinWait();
        }
        sync.acquire(1);
    }

    void writeUnlock() {
        if (Lockdep.ON) {
            Lockdep.release(this);
        }
        sync.release(1);
    }

    /** Whether that thread waits for either side. */
    boolean hasQueuedThread(Thread thread) {
        return sync.isQueued(thread);
    }

    private static final class Sync extends AbstractQueuedSynchronizer {
        private static final long serialVersionUID = 1L; // never serialized; its superclass is Serializable

        private static final int WRITER = -1;

        @Override
        protected boolean tryAcquire(int ignored) {
            return getState() == 0 && compareAndSetState(0, WRITER);
        }

        @Override
        protected boolean tryRelease(int ignored) {
            if (getState() != WRITER) {
                throw new IllegalMonitorStateException("no writer holds this lock");
            }
            setState(0);
            return true;
        }

        @Override
        protected int tryAcquireShared(int ignored) {
            for (; ; ) {
                int readers = getState();
                if (readers < 0 || hasQueuedPredecessors()) {
                    return -1;
                }
                if (compareAndSetState(readers, readers + 1)) {
                    return 1;
                }
            }
        }

        @Override
        protected boolean tryReleaseShared(int ignored) {
            for (; ; ) {
                int readers = getState();
                if (readers <= 0) {
                    throw new IllegalMonitorStateException("no reader holds this lock");
                }
                if (compareAndSetState(readers, readers - 1)) {
                    return readers == 1;
                }
            }
        }
    }
}

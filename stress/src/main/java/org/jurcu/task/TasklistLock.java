package org.jurcu.task;

/** The library's {@code tasklist_lock}, for races: its class is nobody else's. */
public final class TasklistLock {
    private final RwLock lock = new RwLock(LockClass.TASKLIST, false);

    /** {@code read_lock}. */
    public void readLock() {
        lock.readLock();
    }

    /** {@code read_unlock}. */
    public void readUnlock() {
        lock.readUnlock();
    }

    /** {@code write_lock}. */
    public void writeLock() {
        lock.writeLock();
    }

    /** {@code write_unlock}. */
    public void writeUnlock() {
        lock.writeUnlock();
    }
}

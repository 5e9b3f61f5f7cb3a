package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** tasklist_lock. */
@ResourceLock("lockdep")
class RwLockTest {
    private final RwLock lock = new RwLock(LockClass.TASKLIST);
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    private Thread start(String name, Runnable take, Runnable giveBack) {
        Thread thread = new Thread(() -> {
            take.run();
            order.add(name);
            giveBack.run();
        });
        thread.start();
        return thread;
    }

    private void awaitQueued(Thread thread) {
        while (!lock.hasQueuedThread(thread) && thread.isAlive()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void readersShare() throws InterruptedException {
        lock.readLock();
        start("reader", lock::readLock, lock::readUnlock).join();
        lock.readUnlock();
        assertEquals(List.of("reader"), order);
    }

    @Test
    void aReaderQueuesBehindAWriterThatWaits() throws InterruptedException {
        lock.readLock();
        Thread writer = start("writer", lock::writeLock, lock::writeUnlock);
        awaitQueued(writer);
        Thread reader = start("reader", lock::readLock, lock::readUnlock);
        awaitQueued(reader);
        assertEquals(List.of(), order, "nobody has passed the writer");
        lock.readUnlock();
        writer.join();
        reader.join();
        assertEquals(List.of("writer", "reader"), order);
    }

    @Test
    void aWriterKeepsBothSidesOut() throws InterruptedException {
        lock.writeLock();
        Thread reader = start("reader", lock::readLock, lock::readUnlock);
        Thread writer = start("writer", lock::writeLock, lock::writeUnlock);
        awaitQueued(reader);
        awaitQueued(writer);
        assertEquals(List.of(), order);
        lock.writeUnlock();
        reader.join();
        writer.join();
        assertEquals(2, order.size());
    }

    @Test
    void countersUnderTheLockLoseNothing() throws InterruptedException {
        int[] count = new int[1];
        Runnable add = () -> {
            for (int i = 0; i < 20_000; i++) {
                lock.writeLock();
                count[0]++;
                lock.writeUnlock();
                lock.readLock();
                assertFalse(count[0] == 0);
                lock.readUnlock();
            }
        };
        Thread other = new Thread(add);
        other.start();
        add.run();
        other.join();
        assertEquals(40_000, count[0]);
    }

    @Test
    void whatNobodyHoldsIsNotUnlocked() {
        assertThrows(Throwable.class, lock::readUnlock);
        assertThrows(Throwable.class, lock::writeUnlock);
        Lockdep.takeBreaches();
    }
}

package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** tasklist_lock. */
@ResourceLock("lockdep")
class RwLockTest {
    private final RwLock lock = new RwLock(LockClass.TASKLIST, false);
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

    private Thread reader(String name) {
        return start(name, lock::readLock, lock::readUnlock);
    }

    private Thread writer(String name) {
        return start(name, lock::writeLock, lock::writeUnlock);
    }

    /** Until so many have stopped competing, and the first of them has said so. */
    private void awaitQueued(int threads) {
        while (lock.queued() != threads || !lock.isClaimed()) {
            Thread.onSpinWait();
        }
    }

    private static void join(Thread... threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void readersShare() throws InterruptedException {
        lock.readLock();
        reader("reader").join();
        lock.readUnlock();
        assertEquals(List.of("reader"), order);
    }

    @Test
    void aReaderQueuesBehindAWriterWhoseTurnItIs() throws InterruptedException {
        lock.readLock();
        Thread writer = writer("writer");
        awaitQueued(1);
        Thread reader = reader("reader");
        awaitQueued(2);
        assertEquals(List.of(), order, "nobody has passed the writer");
        lock.readUnlock();
        join(writer, reader);
        assertEquals(List.of("writer", "reader"), order);
    }

    @Test
    void whoHasWaitedComesInTurn() throws InterruptedException {
        lock.writeLock();
        Thread[] threads = new Thread[6];
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < threads.length; i++) {
            threads[i] = i % 2 == 0 ? reader("reader" + i) : writer("writer" + i);
            expected.add((i % 2 == 0 ? "reader" : "writer") + i);
            awaitQueued(i + 1);
        }
        assertEquals(List.of(), order);
        lock.writeUnlock();
        join(threads);
        assertEquals(expected, order);
        assertEquals(0, lock.queued());
        assertFalse(lock.isClaimed());
    }

    /** A writer too may not pass: the lock is free for it, but for the claim. */
    @Test
    void nobodyPassesTheOneWhoseTurnItIs() throws InterruptedException {
        lock.readLock();
        Thread writer = writer("first");
        awaitQueued(1);
        Thread second = writer("second");
        awaitQueued(2);
        lock.readUnlock();
        join(writer, second);
        assertEquals(List.of("first", "second"), order);
    }

    @Test
    void aWriterKeepsBothSidesOut() throws InterruptedException {
        lock.writeLock();
        Thread reader = reader("reader");
        awaitQueued(1);
        Thread writer = writer("writer");
        awaitQueued(2);
        assertEquals(List.of(), order);
        lock.writeUnlock();
        join(reader, writer);
        assertEquals(2, order.size());
    }

    @Test
    void anInterruptIsKept() throws InterruptedException {
        lock.writeLock();
        AtomicInteger interrupted = new AtomicInteger();
        Thread[] threads = new Thread[2];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = start("waiter", lock::writeLock, () -> {
                interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                lock.writeUnlock();
            });
            awaitQueued(i + 1);
            threads[i].interrupt();
        }
        while (threads[0].isInterrupted() || threads[1].isInterrupted()) {
            Thread.onSpinWait(); // both have taken it, and sleep again
        }
        assertTrue(order.isEmpty(), "an interrupt gives nobody the lock");
        lock.writeUnlock();
        join(threads);
        assertEquals(2, interrupted.get());
    }

    @Test
    void countersUnderTheLockLoseNothing() throws InterruptedException {
        int threads = 4; // more than there are processors, so that some lose theirs while they hold it
        int rounds = 20_000;
        int[] count = new int[2];
        Runnable add = () -> {
            for (int i = 0; i < rounds; i++) {
                lock.writeLock();
                count[0]++;
                count[1]++;
                lock.writeUnlock();
                lock.readLock();
                int first = count[0];
                int second = count[1];
                lock.readUnlock();
                if (first != second) {
                    order.add("a reader met a writer");
                }
            }
        };
        Thread[] others = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            others[i] = new Thread(add);
            others[i].start();
        }
        join(others);
        assertEquals(threads * rounds, count[0]);
        assertEquals(List.of(), order);
        assertEquals(0, lock.queued());
    }

    @Test
    void whatNobodyHoldsIsNotUnlocked() {
        assertThrows(Throwable.class, lock::readUnlock);
        assertThrows(Throwable.class, lock::writeUnlock);
        lock.writeLock(); // it is as it was
        lock.writeUnlock();
        Lockdep.takeBreaches();
    }
}

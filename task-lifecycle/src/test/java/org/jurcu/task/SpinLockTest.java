package org.jurcu.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** siglock and its like, and who sleeps until something under them has changed. */
@ResourceLock("lockdep")
class SpinLockTest {
    private final SpinLock lock = new SpinLock(LockClass.SIGLOCK, false);
    private final WaitQueue queue = new WaitQueue(lock);
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());
    private int value; // guarded by lock
    private int asleep; // guarded by lock

    private Thread start(String name, Runnable underTheLock) {
        Thread thread = new Thread(() -> {
            lock.lock();
            try {
                underTheLock.run();
                order.add(name);
            } finally {
                lock.unlock();
            }
        });
        thread.start();
        return thread;
    }

    private void awaitQueued(int threads) {
        while (lock.queued() != threads || !lock.isClaimed()) {
            Thread.onSpinWait();
        }
    }

    private void awaitAsleep(int threads) {
        for (; ; ) {
            lock.lock();
            int now = asleep; // each gives the lock back only with its sleep
            lock.unlock();
            if (now == threads) {
                return;
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void whoHasWaitedComesInTurn() throws InterruptedException {
        lock.lock();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(start("" + i, () -> {}));
            awaitQueued(i + 1);
        }
        assertEquals(List.of(), order);
        lock.unlock();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of("0", "1", "2", "3"), order);
    }

    @Test
    void countersUnderTheLockLoseNothing() throws InterruptedException {
        int rounds = 30_000;
        CountDownLatch all = new CountDownLatch(4);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                all.countDown();
                PathTable.await(all);
                for (int n = 0; n < rounds; n++) {
                    lock.lock();
                    int before = value;
                    Thread.onSpinWait(); // time for another to come in
                    value = before + 1;
                    lock.unlock();
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(4 * rounds, value);
    }

    @Test
    void allSleepersLookAgain() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int wanted = i + 1;
            threads.add(start("" + wanted, () -> {
                while (value < wanted) {
                    asleep++;
                    queue.sleep();
                    asleep--;
                }
            }));
        }
        for (int i = 1; i <= 3; i++) {
            awaitAsleep(4 - i);
            lock.lock();
            value = i;
            queue.wakeUpAll();
            lock.unlock();
            while (order.size() < i) {
                Thread.onSpinWait();
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of("1", "2", "3"), order);
    }

    @Test
    void anInterruptWakesNobodyAndIsKept() throws InterruptedException {
        boolean[] kept = new boolean[1];
        Thread sleeper = start("sleeper", () -> {
            asleep++;
            queue.sleep();
            kept[0] = Thread.currentThread().isInterrupted();
        });
        awaitAsleep(1);
        sleeper.interrupt();
        while (sleeper.isInterrupted()) {
            Thread.onSpinWait(); // until it has seen it
        }
        assertEquals(List.of(), order);
        lock.lock();
        queue.wakeUpAll();
        lock.unlock();
        sleeper.join();
        assertTrue(kept[0]);
    }

    @Test
    void whoWasNotAsleepIsNotWoken() throws InterruptedException {
        lock.lock();
        queue.wakeUpAll(); // nobody: it is not remembered
        lock.unlock();
        Thread sleeper = start("sleeper", () -> {
            asleep++;
            queue.sleep();
        });
        awaitAsleep(1);
        assertEquals(List.of(), order);
        lock.lock();
        queue.wakeUpAll();
        lock.unlock();
        sleeper.join();
        assertEquals(List.of("sleeper"), order);
    }

    @Test
    void whatNobodyHoldsIsNotUnlocked() {
        assertThrows(Throwable.class, lock::unlock);
        Lockdep.takeBreaches();
    }
}

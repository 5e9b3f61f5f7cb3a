package org.jurcu.benchmarks;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tasks as a program keeps them that has no readers without locks: one lock for the table and the lists, and memory that is
 * free again with its last put. The same steps as {@code LifetimeBenchmark}'s model.
 */
final class BareLives {
    private static final int NUMBERS = 1 << 15;

    private final ReentrantLock lock = new ReentrantLock();
    private final Task[] byNumber = new Task[NUMBERS];
    private Task free;
    private Task children;
    private int last;

    private static final class Task {
        final AtomicInteger users = new AtomicInteger();
        int number;
        boolean zombie;
        Task next;
    }

    int lifetime() {
        Task task = fork();
        exit(task);
        put(task); // the scheduler's
        return reap(task.number);
    }

    private Task fork() {
        lock.lock();
        try {
            Task task = free == null ? new Task() : free;
            free = task.next;
            do {
                last = (last + 1) % NUMBERS;
            } while (byNumber[last] != null);
            task.number = last;
            task.zombie = false;
            task.users.setRelease(2);
            task.next = children;
            children = task;
            byNumber[last] = task;
            return task;
        } finally {
            lock.unlock();
        }
    }

    private void exit(Task task) {
        lock.lock();
        try {
            task.zombie = true;
        } finally {
            lock.unlock();
        }
    }

    private int reap(int number) {
        Task task;
        lock.lock();
        try {
            task = byNumber[number];
            if (!task.zombie || children != task) {
                throw new IllegalStateException("the only child is no zombie");
            }
            byNumber[number] = null;
            children = task.next;
        } finally {
            lock.unlock();
        }
        put(task);
        return number;
    }

    private void put(Task task) {
        if (task.users.getAndDecrement() == 1) {
            lock.lock();
            try {
                task.next = free;
                free = task;
            } finally {
                lock.unlock();
            }
        }
    }

    /** How many tasks are free. */
    int free() {
        int n = 0;
        for (Task task = free; task != null; task = task.next) {
            n++;
        }
        return n;
    }
}

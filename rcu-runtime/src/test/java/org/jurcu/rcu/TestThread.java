package org.jurcu.rcu;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A thread whose outcome a test can fetch: what it returned, or what it threw. */
final class TestThread<T> {
    private final FutureTask<T> task;
    private final Thread thread;

    private TestThread(Callable<T> body) {
        task = new FutureTask<>(body);
        thread = new Thread(task, "test");
        thread.setDaemon(true);
    }

    static <T> TestThread<T> start(Callable<T> body) {
        TestThread<T> started = new TestThread<>(body);
        started.thread.start();
        return started;
    }

    static TestThread<Void> startAction(Action body) {
        return start(() -> {
            body.run();
            return null;
        });
    }

    Thread thread() {
        return thread;
    }

    boolean isDone() {
        return task.isDone();
    }

    T result() throws Exception {
        T result = task.get(50, TimeUnit.SECONDS);
        thread.join();
        return result;
    }

    /** Waits until the thread waits, by looking at its state. */
    void awaitParked() {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            if (task.isDone()) {
                throw new AssertionError("the thread ended instead of waiting");
            }
            Thread.onSpinWait();
        }
    }

    interface Action {
        void run() throws Exception;
    }
}

package org.jurcu.refcount;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Threads whose failure is the test's. */
final class Workers {
    @FunctionalInterface
    interface Body {
        void run() throws Exception;
    }

    private Workers() {}

    /** Starts one and gives it back; {@link #join} says how it went. */
    static FutureTask<Void> start(Body body) {
        Callable<Void> call = () -> {
            body.run();
            return null;
        };
        FutureTask<Void> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "worker");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    static void join(FutureTask<Void> task) throws InterruptedException {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new AssertionError("a worker failed", e.getCause());
        }
    }

    static void run(int threads, Body body) throws InterruptedException {
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            tasks.add(start(body));
        }
        for (FutureTask<Void> task : tasks) {
            join(task);
        }
    }

    static void runInOtherThread(Runnable action) {
        try {
            join(start(action::run));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

package org.jurcu.rcu;

import java.util.concurrent.CountDownLatch;

/**
 * A thread named {@code dawdler}, two sections deep, that blocks in {@link #blockHere} until it is told to leave. To be
 * declared after its domain: closing the domain would wait for it for ever.
 */
final class StalledReader implements AutoCloseable {
    private final CountDownLatch leave = new CountDownLatch(1);
    private final TestThread<Void> thread;

    StalledReader(Rcu rcu) throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        thread = TestThread.startAction(() -> {
            Thread.currentThread().setName("dawdler");
            rcu.readLock();
            rcu.readLock();
            try {
                inside.countDown();
                blockHere();
            } finally {
                rcu.readUnlock();
                rcu.readUnlock();
            }
        });
        inside.await();
    }

    private void blockHere() throws InterruptedException {
        leave.await();
    }

    Thread thread() {
        return thread.thread();
    }

    void awaitParked() {
        thread.awaitParked();
    }

    /** Lets it go, and waits for its end. */
    @Override
    public void close() {
        leave.countDown();
        try {
            thread.result();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}

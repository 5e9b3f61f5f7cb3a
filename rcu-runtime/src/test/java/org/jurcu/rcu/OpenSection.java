package org.jurcu.rcu;

import java.util.concurrent.CountDownLatch;

/** A thread that sits inside a section until it is told to leave. */
final class OpenSection {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch leave = new CountDownLatch(1);
    private final TestThread<Void> thread;

    OpenSection(Rcu rcu) throws InterruptedException {
        thread = TestThread.startAction(() -> {
            rcu.readLock();
            try {
                entered.countDown();
                leave.await();
            } finally {
                rcu.readUnlock();
            }
        });
        entered.await();
    }

    void leave() throws Exception {
        leave.countDown();
        thread.result();
    }
}

package org.jurcu.rcu;

import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** A thread that sits inside a section until it is told to leave. */
final class OpenSection {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch leave = new CountDownLatch(1);
    private final TestThread<Void> thread;

    OpenSection(Rcu rcu) throws InterruptedException {
        this(() -> Flavour.RCU.enter(rcu));
    }

    OpenSection(Supplier<Flavour.Section> enter) throws InterruptedException {
        thread = TestThread.startAction(() -> {
            Flavour.Section section = enter.get();
            try {
                entered.countDown();
                leave.await();
            } finally {
                section.leave();
            }
        });
        entered.await();
    }

    void leave() throws Exception {
        leave.countDown();
        thread.result();
    }
}

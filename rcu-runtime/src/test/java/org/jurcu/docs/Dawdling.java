package org.jurcu.docs;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.jurcu.rcu.BackpressurePolicy;
import org.jurcu.rcu.Rcu;
import org.jurcu.refcount.Refcount;

/** A program in which everything goes wrong that docs/diagnosis.md shows; it takes four seconds. */
public final class Dawdling {
    private Dawdling() {}

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch stalled = new CountDownLatch(1);
        try (Rcu pages = Rcu.builder("pages")
                .stallTimeout(Duration.ofSeconds(3))
                .highWaterMark(10)
                .limit(100)
                .backpressure(BackpressurePolicy.REJECT)
                .onStall(stall -> {
                    System.out.println(stall);
                    stalled.countDown();
                })
                .build()) {
            Thread dawdler = new Thread(() -> dawdle(pages, stalled), "dawdler");
            dawdler.start();
            while (pages.stats().readersRegistered() == 0) {
                Thread.onSpinWait();
            }
            try {
                while (true) {
                    pages.call(pages::name);
                }
            } catch (RejectedExecutionException e) {
                System.out.println(e.getMessage());
            }
            dawdler.join();
        }
        new Refcount(0).inc();
    }

    private static void dawdle(Rcu rcu, CountDownLatch until) {
        rcu.readLock();
        try {
            waitInsideASection(until);
        } finally {
            rcu.readUnlock();
        }
    }

    private static void waitInsideASection(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

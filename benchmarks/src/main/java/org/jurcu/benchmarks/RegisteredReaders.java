package org.jurcu.benchmarks;

import java.util.concurrent.CountDownLatch;
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuReader;

/**
 * Threads that have registered and do nothing, each parked with a handle of its own. They are virtual where the JDK has such
 * threads: a small machine does not bear 100,000 others.
 */
public final class RegisteredReaders {
    private static final int VIRTUAL = 21;
    private static final int MOST_PLATFORM_THREADS = 1_000;

    private final CountDownLatch leave = new CountDownLatch(1);
    private final CountDownLatch left;

    /** Starts them, and waits until all have registered. */
    public RegisteredReaders(Rcu rcu, int readers) throws InterruptedException {
        left = new CountDownLatch(readers);
        CountDownLatch registered = new CountDownLatch(readers);
        for (int i = 0; i < readers; i++) {
            start(() -> idle(rcu, registered));
        }
        registered.await();
    }

    /** Returns why this JVM cannot have so many, or null if it can. */
    public static String obstacle(int readers) {
        int here = Runtime.version().feature();
        return here >= VIRTUAL || readers <= MOST_PLATFORM_THREADS
                ? null
                : "Starting so many threads needs JDK " + VIRTUAL + " or later; this is " + here + ".";
    }

    private static void start(Runnable task) {
        if (Runtime.version().feature() >= VIRTUAL) {
            VirtualThreads.start(task);
        } else {
            Thread thread = new Thread(task, "registered-reader");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void idle(Rcu rcu, CountDownLatch registered) {
        RcuReader reader = rcu.register();
        try {
            registered.countDown();
            leave.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts an idle reader", e);
        } finally {
            reader.close();
            left.countDown();
        }
    }

    /** Ends them. */
    public void end() throws InterruptedException {
        leave.countDown();
        left.await();
    }
}

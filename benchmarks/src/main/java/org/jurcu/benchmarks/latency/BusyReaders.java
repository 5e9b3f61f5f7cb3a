package org.jurcu.benchmarks.latency;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuReader;

/** Threads that read, section after section, without a pause between them. */
final class BusyReaders {
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stop;

    /** Starts them, and waits until all have registered. */
    BusyReaders(Rcu rcu, int readers) throws InterruptedException {
        CountDownLatch registered = new CountDownLatch(readers);
        for (int i = 0; i < readers; i++) {
            Thread thread = new Thread(() -> read(rcu, registered), "busy-reader-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        registered.await();
    }

    private void read(Rcu rcu, CountDownLatch registered) {
        try (RcuReader reader = rcu.register()) {
            registered.countDown();
            boolean last;
            do {
                reader.lock();
                try {
                    last = stop; // the look
                } finally {
                    reader.unlock();
                }
            } while (!last);
        }
    }

    /** Ends them. */
    void end() throws InterruptedException {
        stop = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}

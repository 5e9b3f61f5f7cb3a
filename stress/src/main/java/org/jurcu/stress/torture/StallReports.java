package org.jurcu.stress.torture;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jurcu.rcu.ReaderStall;

/** Hears of stalls. Those that nobody arranged come from a busy machine and are only counted. */
final class StallReports implements Consumer<ReaderStall> {
    private record Expected(String thread, CountDownLatch came) {}

    private final AtomicLong all = new AtomicLong();
    private volatile Expected expected;

    @Override
    public void accept(ReaderStall stall) {
        all.incrementAndGet();
        Expected now = expected;
        if (now != null && accuses(stall, now.thread)) {
            now.came.countDown();
        }
    }

    /** By name, or as one of those whom the flavour only counts. */
    private static boolean accuses(ReaderStall stall, String thread) {
        return stall.unnamedSections() > 0
                || stall.holdouts().stream().anyMatch(h -> h.threadName().equals(thread));
    }

    /** From here on a report about that thread is waited for. */
    void expect(String thread) {
        expected = new Expected(thread, new CountDownLatch(1));
    }

    /** Returns whether it came, for which it waits for at most so long. */
    boolean came(long nanos) throws InterruptedException {
        return expected.came.await(nanos, TimeUnit.NANOSECONDS);
    }

    long all() {
        return all.get();
    }
}

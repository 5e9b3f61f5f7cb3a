package org.jurcu.stress.campaign.soak;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * What all threads of this JVM allocate for each lifetime, by the JDK's own counters: its own progress lines are counted too.
 * The first half of the samples is warm-up and left out.
 */
public final class AllocationMeter {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean ? bean : null;
    private final Map<Integer, Sample> samples = new HashMap<>();

    private record Sample(long lifetimes, long bytes) {}

    /** Remembers how much has been allocated after so many lifetimes; nothing once a thread has ended, whose bytes went with it. */
    public void sample(long lifetimes) {
        if (threads == null) {
            return;
        }
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        if (samples.isEmpty() || sum >= samples.get(samples.size() - 1).bytes) {
            samples.put(samples.size(), new Sample(lifetimes, sum));
        }
    }

    /** Bytes for each lifetime of the second half; NaN if there were too few samples. */
    public double bytesPerLifetime() {
        if (samples.size() < 3) {
            return Double.NaN;
        }
        Sample from = samples.get(samples.size() / 2);
        Sample to = samples.get(samples.size() - 1);
        return (double) (to.bytes - from.bytes) / Math.max(1, to.lifetimes - from.lifetimes);
    }
}

package org.jurcu.stress.torture;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/** What the conducting thread counts. */
final class Totals {
    long nanos;
    long stutters;
    long stalls;
    long flooded;
    long laundered;
    long mostBacklog;
    long collectorMillis;

    /** How long collections of garbage took so far: who sees long grace periods wants to know. */
    static long collectorMillis() {
        long sum = 0;
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            sum += Math.max(0, bean.getCollectionTime());
        }
        return sum;
    }
}

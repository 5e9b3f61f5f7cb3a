package org.jurcu.benchmarks.latency;

import org.jurcu.benchmarks.RegisteredReaders;
import org.jurcu.rcu.Rcu;

/** Grace periods that an updater waits for, beside readers that read and readers that have only registered. */
final class GracePeriods implements Scenario {
    private final Latencies latencies;
    private final boolean expedited;
    private final Rcu rcu = Rcu.create("latency");
    private final BusyReaders busy;
    private final RegisteredReaders registered;

    GracePeriods(Latencies latencies, boolean expedited, int readers, int idle) throws InterruptedException {
        this.latencies = latencies;
        this.expedited = expedited;
        registered = new RegisteredReaders(rcu, idle);
        busy = new BusyReaders(rcu, readers);
        int counted = rcu.stats().readersRegistered();
        if (counted != readers + idle) {
            throw new IllegalStateException("the domain has " + counted + " readers, not " + (readers + idle));
        }
    }

    @Override
    public void begin(long due) {
        if (expedited) {
            rcu.synchronizeExpedited();
        } else {
            rcu.synchronize();
        }
        latencies.ended(due);
    }

    @Override
    public void end() throws InterruptedException {
        busy.end();
        registered.end();
        rcu.close();
    }
}

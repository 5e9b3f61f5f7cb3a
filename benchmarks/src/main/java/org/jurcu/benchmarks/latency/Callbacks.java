package org.jurcu.benchmarks.latency;

import org.jurcu.rcu.Qsbr;
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuDomain;
import org.jurcu.rcu.RcuHead;
import org.jurcu.rcu.Srcu;

/** Callbacks, from {@code call} to {@code invoke} on the reclaimer's thread. */
final class Callbacks implements Scenario {
    /** More than are under way at once, unless something hangs: then the caller waits, and the latencies show it. */
    private static final int HEADS = 1024;

    private final Latencies latencies;
    private final RcuDomain domain;
    private final BusyReaders busy;
    private final Head[] heads = new Head[HEADS];
    private int next;

    /** Of that flavour; readers have {@code rcu} only. */
    Callbacks(Latencies latencies, String flavour, int readers) throws InterruptedException {
        this.latencies = latencies;
        for (int i = 0; i < HEADS; i++) {
            heads[i] = new Head();
        }
        switch (flavour) {
            case "rcu" -> {
                Rcu rcu = Rcu.create("latency");
                domain = rcu;
                busy = new BusyReaders(rcu, readers);
            }
            case "qsbr" -> {
                domain = Qsbr.create("latency");
                busy = null;
            }
            case "srcu" -> {
                domain = Srcu.create("latency");
                busy = null;
            }
            default -> throw new IllegalArgumentException("there is no flavour " + flavour);
        }
    }

    /** One callback at a time, whose caller has gone on. */
    private final class Head implements RcuHead {
        private long due;
        private volatile boolean underWay;

        @Override
        public void invoke() {
            latencies.ended(due);
            underWay = false; // publishes the head to the caller, who uses it again
        }
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // correct without: the reclaimer may want this processor
    public void begin(long due) {
        Head head = heads[next];
        next = (next + 1) % HEADS;
        while (head.underWay) {
            Thread.yield();
        }
        head.due = due;
        head.underWay = true;
        domain.call(head);
    }

    @Override
    public void settle() {
        domain.barrier();
    }

    @Override
    public void end() throws InterruptedException {
        if (busy != null) {
            busy.end();
        }
        domain.close();
    }
}

package org.jurcu.stress.torture;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jurcu.rcu.RcuHead;

/** Queues callbacks as fast as it can, those that came back again and again. Memory is bounded by the number of heads. */
final class Flood extends Actor {
    private static final int MOST_HEADS = 30_000;
    private static final int ROUNDS = 3;
    private static final int LAUNDERED = 100; // heads that went round as often; the kernel's MIN_FWD_CBS_LAUNDERED
    private static final int LOOK_EACH = 256; // calls

    private final long nanos;
    private final UpdateSide updates;
    private final Queue<Head> back = new ConcurrentLinkedQueue<>();
    private final AtomicLong returned = new AtomicLong();
    private final AtomicLong laundered = new AtomicLong();
    private long queued;
    private long mostBacklog;

    Flood(Torture torture, long nanos) {
        super(torture, "flood", false);
        this.nanos = nanos;
        updates = torture.subject().updates();
    }

    private final class Head implements RcuHead {
        private int rounds; // of the reclaimer

        @Override
        public void invoke() {
            if (++rounds == ROUNDS) {
                laundered.incrementAndGet();
            }
            back.add(this);
            returned.incrementAndGet();
        }
    }

    /** How many heads went round three times. */
    long laundered() {
        return laundered.get();
    }

    /** Exact when the thread has ended. */
    long queued() {
        return queued;
    }

    /** Exact when the thread has ended. */
    long mostBacklog() {
        return mostBacklog;
    }

    @Override
    void run() {
        if (pour()) {
            torture().awaitCallbacks(returned::get, () -> queued, () -> queued, "a callback of the flood");
        }
    }

    /** Returns whether enough came round. */
    private boolean pour() {
        long start = System.nanoTime();
        int made = 0;
        while (!torture().gate().isAborted()) {
            Head head = back.poll();
            if (head == null && made < MOST_HEADS) {
                head = new Head();
                made++;
            }
            if (head != null) {
                queued++;
                updates.call(head);
            } else {
                Pauses.letOthers();
            }
            if (head == null || queued % LOOK_EACH == 0) {
                step();
                mostBacklog = Math.max(mostBacklog, queued - returned.get());
                long passed = System.nanoTime() - start;
                boolean round = laundered.get() >= LAUNDERED;
                if (passed >= nanos && round) {
                    return true;
                }
                if (passed >= torture().waitNanos() + nanos) {
                    torture()
                            .evidence()
                            .add(
                                    Detector.FLOOD,
                                    "of " + made + " callbacks " + laundered + " came round " + ROUNDS + " times, "
                                            + returned + " of " + queued + " calls came back");
                    return false;
                }
            }
        }
        return false;
    }
}

package org.jurcu.benchmarks;

import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;
import org.jurcu.rcu.RcuHead;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Control;

/** A measuring thread's own callbacks, each of which comes back to it when it is invoked. */
@State(Scope.Thread)
public class RecycledHeads {
    /** Enough that a grace period's batch is large, few enough to stay in the second-level cache. */
    static final int HEADS = 4096;

    private final SpscVarHandleArrayQueue<Head> idle = new SpscVarHandleArrayQueue<>(HEADS);

    /** Makes the heads, all of them idle. */
    public RecycledHeads() {
        for (int i = 0; i < HEADS; i++) {
            idle.offer(new Head(idle));
        }
    }

    /** Takes an idle head; waits for one until the measurement ends, and then returns null. */
    @SuppressWarnings("ThreadPriorityCheck") // correct without: on two processors the reclaimer may want this one
    Head take(Control control) {
        Head head;
        while ((head = idle.poll()) == null && !control.stopMeasurement) {
            Thread.yield();
        }
        return head;
    }

    /** A callback that goes back where it came from. */
    static final class Head implements RcuHead {
        private final SpscVarHandleArrayQueue<Head> home;

        private Head(SpscVarHandleArrayQueue<Head> home) {
            this.home = home;
        }

        @Override
        public void invoke() {
            if (!home.offer(this)) {
                throw new IllegalStateException("more heads came back than there are: one was invoked twice");
            }
        }
    }
}

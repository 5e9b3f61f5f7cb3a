package org.jurcu.task;

import java.util.ArrayList;
import java.util.List;
import org.jurcu.rcu.Rcu;
import org.jurcu.rcu.RcuHead;

/**
 * The callbacks of one {@link SlotScene}: its own list, so that what one sample damages is not met by the next. The grace
 * periods are the library's; whoever waits for one runs what was queued before it, in place of a reclaimer.
 */
abstract class SlotHeads {
    /** One domain for all samples of a run: readers come and go with jcstress's threads. */
    static final Rcu RCU = Rcu.create("slot");

    private List<RcuHead> waiting = new ArrayList<>(4);

    /** {@code call_rcu}. */
    abstract void callRcu(RcuUsers head);

    /** What was found out about the list so far. */
    abstract SlotFindings findings();

    final synchronized void await(RcuHead turn) {
        waiting.add(turn);
    }

    private synchronized List<RcuHead> takeWaiting() {
        List<RcuHead> taken = waiting;
        waiting = new ArrayList<>(4);
        return taken;
    }

    /** Waits for a grace period and runs what had been queued before. False if nothing had. */
    final boolean runAfterGracePeriod() {
        List<RcuHead> taken = takeWaiting();
        if (taken.isEmpty()) {
            return false;
        }
        RCU.synchronizeExpedited();
        taken.forEach(RcuHead::invoke);
        return true;
    }
}

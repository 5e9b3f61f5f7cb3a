package org.jurcu.rcu;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Drives a domain's grace periods on the threads that wait for them, and shares each among all whom it covers.
 *
 * <p>Whoever finds no leader becomes the leader and runs grace periods until its own cookie is done; the others park.
 * A leader whose time runs out leaves the grace period open, and the next leader goes on with it.
 *
 * <p>A leader that leaves wakes every follower whose cookie is done, and elects one of the rest to lead next. No wake-up
 * is lost: a follower enters the queue before its last attempt to lead; if that fails there is a leader, who looks at
 * the queue only after it has stepped down. An elected follower that leaves passes the duty on.
 */
final class GracePeriods {
    private final GracePeriodSequence sequence;
    private final Readers readers;
    private final PaddedLong leading = new PaddedLong(0);
    private final Queue<Follower> followers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger expediters = new AtomicInteger();

    // Owned by the leader.
    private final WaitLadder ladder;
    private boolean begun;

    GracePeriods(Readers readers, long firstSequence, int processors) {
        this.readers = readers;
        sequence = new GracePeriodSequence(firstSequence);
        ladder = new WaitLadder(processors);
    }

    GracePeriodSequence sequence() {
        return sequence;
    }

    /** Waits until the grace period of {@code cookie} has ended; returns false if the time ran out before. */
    boolean await(long cookie, TimeLimit limit) {
        if (sequence.isDone(cookie)) {
            return true;
        }
        return leading.casVolatile(0, 1) ? lead(cookie, limit) : follow(cookie, limit);
    }

    /** As {@link #await}, without parking; the present leader hurries too. */
    void awaitExpedited(long cookie) {
        expediters.incrementAndGet();
        try {
            await(cookie, TimeLimit.NONE);
        } finally {
            expediters.decrementAndGet();
        }
    }

    private boolean lead(long cookie, TimeLimit limit) {
        try {
            return drive(cookie, limit);
        } finally {
            ladder.restoreInterrupt();
            leading.storeVolatile(0);
            wakeFollowers();
            readers.report();
        }
    }

    private boolean drive(long cookie, TimeLimit limit) {
        ladder.reset();
        while (!sequence.isDone(cookie)) {
            if (!begun) {
                if (!sequence.inProgress()) {
                    sequence.start();
                }
                readers.beginGracePeriod();
                begun = true;
            }
            while (!readers.pollGracePeriod()) {
                long remaining = limit.remaining();
                if (remaining <= 0) {
                    return false;
                }
                ladder.pause(expediters.get() > 0, remaining);
            }
            begun = false;
            sequence.end();
            if (!sequence.isDone(cookie)) { // the period was another leader's, and too old for us
                ladder.reset();
                wakeFollowers();
            }
        }
        return true;
    }

    private boolean follow(long cookie, TimeLimit limit) {
        Follower me = new Follower(cookie);
        boolean interrupted = false;
        followers.add(me);
        try {
            for (; ; ) {
                if (sequence.isDone(cookie)) {
                    return true;
                }
                if (leading.casVolatile(0, 1)) {
                    return lead(cookie, limit);
                }
                long remaining = limit.remaining();
                if (remaining <= 0) {
                    return false;
                }
                interrupted |= Thread.interrupted();
                LockSupport.parkNanos(this, remaining);
            }
        } finally {
            followers.remove(me);
            if (me.leave()) {
                wakeFollowers();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void wakeFollowers() {
        if (followers.isEmpty()) {
            return; // without allocating an iterator, each grace period
        }
        boolean elected = false;
        for (Follower follower : followers) {
            if (sequence.isDone(follower.cookie)) {
                LockSupport.unpark(follower.thread);
            } else if (!elected && follower.elect()) {
                elected = true;
                LockSupport.unpark(follower.thread);
            }
        }
    }
}

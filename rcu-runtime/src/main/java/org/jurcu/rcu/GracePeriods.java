package org.jurcu.rcu;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Drives a domain's grace periods on the threads that wait for them, and shares each among all whom it covers.
 *
 * <p>Whoever finds no leader becomes the leader and runs grace periods until its own cookie is done; the others park.
 * A leader whose time runs out leaves the grace period open, and the next leader goes on with it.
 *
 * <p>A leader that leaves wakes every follower whose cookie is done, and elects one of the rest to lead next. No wake-up
 * is lost: a follower enters the queue before its last attempt to lead; if that fails there is a leader, who looks at
 * the queue only after it has stepped down. An elected follower that leaves passes the duty on.
 *
 * <p>A virtual thread never leads. A leader waits on a timer, and after each wait a virtual one needs a carrier; if pinned
 * virtual followers occupy all of them, it never gets one, and they never get their wake-up. It follows, and the driver, a
 * platform thread, waits for the same cookie.
 */
final class GracePeriods {
    /** A follower looks for itself this often: a wake-up is lost only if the one who owed it had no memory for it. */
    private static final long LONGEST_PARK_NANOS = 1_000_000_000;

    private final GracePeriodSequence sequence;
    private final Readers readers;
    private final PaddedLong leading = new PaddedLong(0);
    private final Queue<Follower> followers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger expediters = new AtomicInteger();
    private final LongConsumer driver;
    private final StallDetector stalls;
    private final GracePeriodRecorder recorder;
    private BooleanSupplier hurried = () -> false; // set before the domain is anyone's

    // Owned by the leader.
    private final WaitLadder ladder;
    private boolean begun;

    /** {@code driver} takes a cookie and makes a platform thread wait for it. */
    GracePeriods(
            Readers readers,
            long firstSequence,
            int processors,
            LongConsumer driver,
            StallDetector stalls,
            GracePeriodRecorder recorder) {
        this.readers = readers;
        this.driver = driver;
        this.stalls = stalls;
        this.recorder = recorder;
        sequence = new GracePeriodSequence(firstSequence);
        ladder = new WaitLadder(processors);
    }

    /** Sets when a leader shall look at readers more often; to be called once, before the first grace period. */
    void hurryWhen(BooleanSupplier condition) {
        hurried = condition;
    }

    GracePeriodSequence sequence() {
        return sequence;
    }

    /** Waits until the grace period of {@code cookie} has ended; returns false if the time ran out before. */
    boolean await(long cookie, TimeLimit limit) {
        return await(cookie, limit, !VirtualThreads.currentIsVirtual());
    }

    /** As {@link #await(long, TimeLimit)}; who may not lead has the driver do it. */
    boolean await(long cookie, TimeLimit limit, boolean mayLead) {
        if (sequence.isDone(cookie)) {
            return true;
        }
        return (mayLead && leading.casVolatile(0, 1)) ? lead(cookie, limit, null) : follow(cookie, limit, mayLead);
    }

    /** As {@link #await}; the leader, whoever it is, does not park meanwhile. A follower does. */
    boolean awaitExpedited(long cookie) {
        expediters.incrementAndGet();
        try {
            return await(cookie, TimeLimit.NONE);
        } finally {
            expediters.decrementAndGet();
        }
    }

    /** Leads; {@code me} is what the caller was in the queue, or null. */
    private boolean lead(long cookie, TimeLimit limit, Follower me) {
        try {
            if (me != null) { // or else we would elect ourselves
                followers.remove(me);
                me.leave(); // a duty is done by leading, and passed on below
            }
            return drive(cookie, limit);
        } finally {
            boolean interrupted = ladder.takeInterrupt(); // the ladder is the next leader's from the next line on
            leading.storeVolatile(0);
            try {
                wakeFollowers();
                readers.report(); // last: it may run the application's logger
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private boolean drive(long cookie, TimeLimit limit) {
        ladder.reset();
        stalls.beginLeading();
        while (!sequence.isDone(cookie)) {
            if (!begun) {
                if (!sequence.inProgress()) {
                    sequence.start();
                    stalls.beginPeriod(System.nanoTime());
                    recorder.begin();
                }
                readers.beginGracePeriod();
                begun = true;
            }
            boolean waited = false;
            while (!readers.pollGracePeriod()) {
                if (waited) { // and looked again since: who is to blame for a late look is not the readers
                    stalls.look(System.nanoTime(), sequence.completed() + 1, readers);
                    recorder.waits(readers);
                }
                long remaining = limit.remaining();
                if (remaining <= 0) {
                    recorder.waits(readers);
                    return false;
                }
                waited = ladder.pause(isExpedited(), hurried, remaining) != WaitLadder.Rung.SPIN;
            }
            begun = false;
            sequence.end();
            stalls.endPeriod();
            recorder.end(sequence.completed(), isExpedited());
            if (!sequence.isDone(cookie)) { // the period was another leader's, and too old for us
                ladder.reset();
                wakeFollowers();
            }
        }
        return true;
    }

    private boolean isExpedited() {
        return StrictMode.ON || expediters.get() > 0;
    }

    private boolean follow(long cookie, TimeLimit limit, boolean mayLead) {
        Follower me = new Follower(cookie, mayLead);
        boolean led = false;
        boolean interrupted = false;
        followers.add(me);
        try {
            for (; ; ) {
                if (sequence.isDone(cookie)) {
                    return true;
                }
                if (!mayLead) {
                    driver.accept(cookie); // each time: its thread may have failed to start
                } else if (leading.casVolatile(0, 1)) {
                    led = true;
                    return lead(cookie, limit, me);
                }
                long remaining = limit.remaining();
                if (remaining <= 0) {
                    return false;
                }
                interrupted |= Thread.interrupted();
                LockSupport.parkNanos(this, Math.min(remaining, LONGEST_PARK_NANOS));
            }
        } finally {
            if (!led) {
                followers.remove(me);
                if (me.leave()) {
                    wakeFollowers();
                }
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

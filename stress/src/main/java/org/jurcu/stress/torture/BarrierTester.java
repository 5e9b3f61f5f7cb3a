package org.jurcu.stress.torture;

import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicLong;
import org.jurcu.rcu.RcuHead;

/** Three threads queue a callback each; behind a barrier of one of them all three have run, once each. */
final class BarrierTester extends Participant {
    private static final int HELPERS = 2;
    private static final int REST_MICROS = 2000;

    private final UpdateSide updates;
    private final Choices choices;
    private final List<Head> heads = List.of(new Head(), new Head(), new Head());
    private final Phaser phaser = new Phaser(1 + HELPERS);
    private long rounds;

    BarrierTester(Torture torture, Choices choices) {
        super(torture, "barrier");
        updates = torture.subject().updates();
        this.choices = choices;
    }

    private static final class Head implements RcuHead {
        private final AtomicLong runs = new AtomicLong();

        @Override
        public void invoke() {
            runs.incrementAndGet();
        }
    }

    /** Who queues the others. */
    List<Actor> helpers() {
        return List.of(new Helper(1), new Helper(2));
    }

    private final class Helper extends Actor {
        private final int number;

        Helper(int number) {
            super(BarrierTester.this.torture(), "barrier-" + number, false);
            this.number = number;
        }

        @Override
        void run() {
            while (phaser.arriveAndAwaitAdvance() >= 0) {
                updates.call(heads.get(number));
                phaser.arriveAndAwaitAdvance();
            }
        }

        /** It waits for the tester, who is watched. */
        @Override
        boolean isWatched() {
            return false;
        }

        @Override
        void release() {
            phaser.forceTermination();
        }
    }

    /** How often it was tried; exact when the thread has ended. */
    long rounds() {
        return rounds;
    }

    @Override
    void turn() {
        phaser.arriveAndAwaitAdvance();
        updates.call(heads.get(0));
        phaser.arriveAndAwaitAdvance();
        updates.barrier();
        rounds++;
        for (Head head : heads) {
            if (head.runs.get() < rounds) {
                torture().late(() -> head.runs.get() >= rounds, "a callback of the barrier's test");
            }
            if (head.runs.get() > rounds) {
                torture().evidence().add(Detector.RETURN, "a callback of the barrier's test ran twice");
            }
        }
        Pauses.park(1000L * choices.below(REST_MICROS));
    }

    @Override
    void end() {
        phaser.forceTermination();
    }
}

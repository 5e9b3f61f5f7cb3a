package org.jurcu.stress.torture;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Ends sections that others began, where the flavour allows it: the kernel's up and down readers. */
final class Finisher extends Actor {
    private static final int NUMBER = -1; // of no reader that sends mail

    private final BlockingQueue<Handover> arriving;
    private final ReadSide side;
    private final Tally tally;

    Finisher(Torture torture, ReadSide side, Tally tally) {
        super(torture, "finisher", false);
        this.side = side;
        this.tally = tally;
        arriving = new ArrayBlockingQueue<>(64);
    }

    /** Returns false if there is no room; then the caller ends its section itself. */
    boolean offer(Handover handover) {
        handover.depart();
        if (arriving.offer(handover)) {
            return true;
        }
        handover.arrive();
        return false;
    }

    @Override
    void run() throws InterruptedException {
        // Readers that are still at it may hand over; they have ended before this is told to.
        while (!torture().readersHaveEnded() || !arriving.isEmpty()) {
            Handover handover = arriving.poll(1, TimeUnit.MILLISECONDS);
            if (handover != null) {
                Sections.look(torture().evidence(), tally, NUMBER, handover.element, handover.life, 1);
                side.exit(handover.token);
                tally.count(Tally.HANDED_OVER);
                handover.arrive();
            }
            step();
        }
    }
}

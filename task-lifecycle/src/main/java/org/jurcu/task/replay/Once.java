package org.jurcu.task.replay;

/** A ticket of one step, and another that is due from then on. */
final class Once implements Ticket {
    private final Ticket first;
    private volatile boolean done;

    Once(Ticket first) {
        this.first = first;
    }

    @Override
    public boolean isDue() {
        return first.isDue();
    }

    @Override
    public void done() {
        done = true;
    }

    /** Due when the step is done. */
    Ticket happened() {
        return new Ticket() {
            @Override
            public boolean isDue() {
                return done;
            }

            @Override
            public void done() {}
        };
    }
}

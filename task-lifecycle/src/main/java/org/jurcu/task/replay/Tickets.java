package org.jurcu.task.replay;

/** All that one step waits for: its number in each turn that it touches, and perhaps a barrier. */
final class Tickets {
    private final Turn[] turns;
    private final long[] numbers;
    private final Ticket also;
    /** Those before it are due; a ticket that is due stays so until its step is done. */
    private int due;

    /** There are as many turns as numbers, and perhaps some room behind; {@code also} may be null. */
    Tickets(Turn[] turns, long[] numbers, Ticket also) {
        this.turns = turns;
        this.numbers = numbers;
        this.also = also;
    }

    /** By whoever will do the step. */
    boolean areDue() {
        while (due < numbers.length) {
            if (!turns[due].isDue(numbers[due])) {
                return false;
            }
            due++;
        }
        return also == null || also.isDue();
    }

    void done() {
        for (int i = 0; i < numbers.length; i++) {
            turns[i].done(numbers[i]);
        }
        if (also != null) {
            also.done();
        }
    }
}

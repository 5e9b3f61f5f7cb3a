package org.jurcu.task.replay;

import java.util.Arrays;

/**
 * All that one step waits for: its number in each turn that it touches, and perhaps a barrier. Most steps touch two turns or
 * fewer; those stand in the object itself, since whoever does the step fetches each object from the planner's cache.
 */
final class Tickets {
    private static final int INLINE = 2;

    private final Turn first; // null if it touches none
    private final Turn second; // null if it touches one
    private final long firstNumber;
    private final long secondNumber;

    /** Those behind the second; null if there is none. */
    private final Turn[] turns;

    private final long[] numbers;

    private final Ticket also;

    /** Those before it are due; a ticket that is due stays so until its step is done. */
    private int due;

    /** Of the first {@code size} turns and numbers, which are copied; {@code also} may be null. */
    Tickets(Turn[] turns, long[] numbers, int size, Ticket also) {
        first = size > 0 ? turns[0] : null;
        firstNumber = size > 0 ? numbers[0] : 0;
        second = size > 1 ? turns[1] : null;
        secondNumber = size > 1 ? numbers[1] : 0;
        this.turns = size > INLINE ? Arrays.copyOfRange(turns, INLINE, size) : null;
        this.numbers = size > INLINE ? Arrays.copyOfRange(numbers, INLINE, size) : null;
        this.also = also;
    }

    /** By whoever will do the step. */
    boolean areDue() {
        if (due == 0) {
            if (first != null && !first.isDue(firstNumber)) {
                return false;
            }
            due = 1;
        }
        if (due == 1) {
            if (second != null && !second.isDue(secondNumber)) {
                return false;
            }
            due = INLINE;
        }
        return (turns == null || othersAreDue()) && (also == null || also.isDue());
    }

    private boolean othersAreDue() {
        for (; due < INLINE + turns.length; due++) {
            if (!turns[due - INLINE].isDue(numbers[due - INLINE])) {
                return false;
            }
        }
        return true;
    }

    void done() {
        if (first != null) {
            first.done(firstNumber);
        }
        if (second != null) {
            second.done(secondNumber);
        }
        if (turns != null) {
            for (int i = 0; i < turns.length; i++) {
                turns[i].done(numbers[i]);
            }
        }
        if (also != null) {
            also.done();
        }
    }
}
